"""Mean tones over several articles, and differences between groups of articles, each with an interval.

The interval says how far the figure could lie from that of other articles of the same kind. Sentences of one article resemble
each other, so the article is the unit that is sampled, and its sentences within it. Only a few sums of each article are needed,
so a million articles can be compared in SQL.

The variance of a mean over n sentences of k articles is V + r·d·Σnₐ²/n². V is the variance between articles (of cluster
sampling with a ratio estimate), joined with a prior that counts as ``PRIOR_ARTICLES`` more, as two or three articles know
little of how articles differ: the variance of singly drawn sentences and ``PRIOR_ARTICLE_VARIANCE`` between articles. Of a
single article V is that of ``mean_of``, and the mean speaks of that article alone. r·d is the scorer's shared doubt (see
``intervals``), which differs from article to article.

Source: Cochran, Sampling Techniques (1977), section 9A; Satterthwaite, Biometrics Bulletin 2 (1946).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from functools import reduce

from ..constants import (
    DIFFERENCE_POINTS,
    INTERVAL_SHARE,
    MIN_POINTS,
    PRIOR_ARTICLE_VARIANCE,
    PRIOR_ARTICLES,
    PRIOR_SENTENCES,
    PRIOR_VARIANCE,
    SHARED_DOUBT,
)
from ..model import Estimate
from .intervals import SentenceTone


@dataclass(frozen=True, slots=True)
class ToneSums:
    """Sums over the tones of the sentences of some articles. The sums of two groups without a common article can be added.

    Attributes:
        articles: articles with at least one scored sentence.
        n: scored sentences.
        total: the sum of their tones.
        squares: the sum of their squared tones.
        doubt: the sum of their doubts.
        total_squares: the sum of the squared totals of single articles.
        total_counts: the sum of each article's total times its count of sentences.
        count_squares: the sum of the squared counts of single articles.
    """

    articles: int = 0
    n: int = 0
    total: float = 0.0
    squares: float = 0.0
    doubt: float = 0.0
    total_squares: float = 0.0
    total_counts: float = 0.0
    count_squares: int = 0

    @classmethod
    def of(cls, articles: Iterable[Sequence[SentenceTone]]) -> ToneSums:
        """The sums of some articles, each a list of sentences' tones."""
        return reduce(ToneSums.__add__, map(cls._of_one, articles), cls())

    @classmethod
    def _of_one(cls, tones: Sequence[SentenceTone]) -> ToneSums:
        if not tones:
            return cls()
        n, total = len(tones), math.fsum(sentence.tone for sentence in tones)
        squares, doubt = math.fsum(sentence.tone**2 for sentence in tones), math.fsum(sentence.doubt for sentence in tones)
        return cls(1, n, total, squares, doubt, total**2, total * n, n**2)

    def __add__(self, other: ToneSums) -> ToneSums:
        """The sums of both."""
        return ToneSums(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))

    @property
    def mean(self) -> float:
        """Over all sentences, each of which weighs the same."""
        return self.total / self.n

    @property
    def spread(self) -> float:
        """The variance of the mean, the scorer's doubt left out."""
        free = self.n - 1 + PRIOR_SENTENCES
        deviations = max(0.0, self.squares - self.total**2 / self.n)
        single = (deviations + PRIOR_SENTENCES * PRIOR_VARIANCE) / free / self.n
        if self.articles < 2:
            return single
        residues = self.total_squares - 2 * self.mean * self.total_counts + self.mean**2 * self.count_squares
        between = self.articles / (self.articles - 1) * max(0.0, residues) / self.n**2
        prior = single + PRIOR_ARTICLE_VARIANCE * self.count_squares / self.n**2
        return ((self.articles - 1) * between + PRIOR_ARTICLES * prior) / self.freedom

    @property
    def freedom(self) -> float:
        """Degrees of freedom of ``spread``."""
        return self.n - 1 + PRIOR_SENTENCES if self.articles < 2 else self.articles - 1 + PRIOR_ARTICLES

    @property
    def shared(self) -> float:
        """The variance that the scorer's doubt adds."""
        return SHARED_DOUBT * self.doubt / self.n * self.count_squares / self.n**2


def mean_across(sums: ToneSums, *, share: float = INTERVAL_SHARE) -> Estimate:
    """The mean tone over some articles, with its interval.

    Args:
        sums: the sums of the articles (``ToneSums.of``).
        share: the confidence level of the interval, in (0, 1).

    Returns:
        The mean over all sentences. None where all articles together have fewer than ``MIN_POINTS`` sentences.

    Example:
        >>> three = [[SentenceTone(at, tone) for at in range(2)] for tone in (0.2, 0.3, 0.4)]
        >>> found = mean_across(ToneSums.of(three))
        >>> f"{found.value:.2f} from {found.lo:.2f} to {found.hi:.2f} in {found.n} sentences"
        '0.30 from 0.09 to 0.51 in 6 sentences'
    """
    if sums.n < MIN_POINTS:
        return Estimate(None, None, None, sums.n, f"fewer than {MIN_POINTS} scored sentences")
    return _interval(sums.mean, [sums], sums.n, share=share, reach=1.0)


def difference_across(first: ToneSums, second: ToneSums, *, share: float = INTERVAL_SHARE) -> Estimate:
    """How much more positive the mean tone of some articles is than that of others, with its interval.

    Args:
        one: the sums of the first articles.
        other: the sums of the articles they are compared with.
        share: the confidence level of the interval, in (0, 1).

    Returns:
        The difference of the means, in [-2, +2]. None where either side has fewer than ``DIFFERENCE_POINTS`` sentences. That is
        less than a mean needs (``MIN_POINTS``), because a large difference can be clear where neither mean is precise.

    Example:
        >>> harsh, kind = ([[SentenceTone(at, tone) for at in range(3)]] for tone in (-0.5, 0.9))
        >>> found = difference_across(ToneSums.of(kind), ToneSums.of(harsh))
        >>> found.side, round(found.value, 2)
        ('positive', 1.4)
    """
    n = first.n + second.n
    if min(first.n, second.n) < DIFFERENCE_POINTS:
        return Estimate(None, None, None, n, f"fewer than {DIFFERENCE_POINTS} scored sentences on one side")
    return _interval(first.mean - second.mean, [first, second], n, share=share, reach=2.0)


def _interval(value: float, parts: Sequence[ToneSums], n: int, *, share: float, reach: float) -> Estimate:
    from scipy.special import stdtrit

    variance = math.fsum(part.spread + part.shared for part in parts)
    freedom = variance**2 / math.fsum(part.spread**2 / part.freedom for part in parts)
    half = float(stdtrit(freedom, (1 + share) / 2)) * math.sqrt(variance)
    drawn = "articles and their sentences" if any(part.articles > 1 for part in parts) else "sentences"
    return Estimate(
        value,
        max(-reach, value - half),
        min(reach, value + half),
        n,
        f"{100 * share:g} % interval over {drawn}, the scorer’s doubt within",
    )
