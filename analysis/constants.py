"""Every tunable number, with where it comes from."""

from __future__ import annotations

from typing import Final

CACHE_DAYS: Final = 30
"""A result on disk that nobody has used for so many days is removed."""

# --- articles -------------------------------------------------------------------------------------------------
HEADLINE_MAX_CHARS: Final = 200
"""A first line longer than this is a paragraph, not a headline."""
HEADING_MAX_CHARS: Final = 90
"""A line without closing punctuation up to this long is a heading when text follows it."""
WRAP_MAX_CHARS: Final = 100
"""Lines no longer than this, most ending in mid-sentence, were wrapped by hand."""
TURNS_LABELLED_SHARE: Final = 0.4
"""A text whose first line has a speaker's label, and this share of all lines, is an interview without headline."""
CONTROL_SHARE_MAX: Final = 0.02
"""Share of control bytes above which a file is binary; random bytes hold 10 %."""

ARTICLE_MAX_CHARS: Final = 1_000_000
"""A text of a table or folder longer than this is no article: 170,000 words, a long novel. It is refused, and counted."""
FILE_MAX_BYTES: Final = 50_000_000
"""A page, document or member of an archive larger than this is not loaded. Unpacked bytes count: a zip bomb stops here."""
ARCHIVE_MAX_RATIO: Final = 200
"""An archive that unpacks to more than this times its size, and to more than ``FILE_MAX_BYTES``, is a zip bomb."""
FETCH_SECONDS: Final = 30
"""Time for one page of the web, its robots.txt and redirects included."""
FETCH_MAX_BYTES: Final = 10_000_000
"""A page of the web larger than this is no article."""
FETCH_MAX_REDIRECTS: Final = 5
"""A page that leads on more often goes in circles."""
ASIDE_MAX_CHARS: Final = 620
"""A longer line is no byline, caption or footer. Chosen by hand."""
DATE_LINE_MAX_CHARS: Final = 60
"""A longer line is more than a date with its place and time of day. Chosen by hand."""
KICKER_MAX_WORDS: Final = 6
"""A rubric above a headline ("World news") and the title of a list ("Most read") have no more words. Chosen by hand."""
HEADLINE_MIN_WORDS: Final = 4
"""A line beneath a rubric with fewer words is no headline. Chosen by hand."""
PAGE_MIN_CHARS: Final = 40
"""Where the main text that was found on a web page is shorter, all of the page's paragraphs are taken. Chosen by hand."""
SITE_NAME_MAX_WORDS: Final = 5
"""The name of a site beside the title of its page has no more words. Chosen by hand."""
PDF_FULL_LINE_SHARE: Final = 0.9
"""The line that is longer than this share of a page's lines is a full one. A line shorter than this share of a full line, which
ends a sentence, ends its paragraph. Chosen by hand."""
PDF_HEADING_SHARE: Final = 0.75
"""A line of a PDF shorter than this share of a full line may be a heading. Chosen by hand."""
DOCX_UNPACKED_FILES: Final = 4
"""A Word document that would unpack to more than so many times ``FILE_MAX_BYTES`` is refused. Chosen by hand."""
XLSX_UNPACKED_FILES: Final = 20
"""The same for a workbook, which is read row by row and so may be larger."""
TRAILER_ENDED_SHARE: Final = 0.7
"""Where so many blocks of a page end a sentence, those at its end that do not are headlines of other articles."""
RUNNING_LINE_SHARE: Final = 0.5
"""A line at the top or bottom of so many pages of a PDF is its header or footer."""
LINE_MAX_BYTES: Final = 5_000_000
"""A line of a table longer than this is refused without being kept."""
RECORD_MAX_LINES: Final = 2_000
"""A quoted cell of a table that spans more lines than this has lost its closing quote."""
TRAILER_MIN_BLOCKS: Final = 5
"""In fewer blocks nothing is told from how the others end. Chosen by hand."""
PAGE_TITLE_WORDS: Final = (3, 40)
"""The title of an article on a web page has no fewer and no more words. Chosen by hand."""
PAGE_PARAGRAPH_MIN_CHARS: Final = 60
"""A paragraph of a web page longer than this is the first of its text, not a line above it. Chosen by hand."""
BYLINE_LINES: Final = 4
"""Lines beneath the headline that may be bylines. Chosen by hand."""
CAPTION_MIN_WORDS: Final = 4
"""A line beneath a photo credit with fewer words is no caption. Chosen by hand."""
LEGACY_LETTERS_SHARE: Final = 0.9
"""An encoding older than UTF-8 is taken where so many of the characters outside ASCII are letters or marks that news prints.
Chosen by hand."""
LANGUAGE_MAX_CHARS: Final = 4_000
"""Characters from which the language is told."""
LANGUAGE_MIN_LETTERS: Final = 60
"""A text with fewer letters in different words is too short to tell its language."""
LANGUAGE_MIN_PROBABILITY: Final = 0.6
"""The detector's probability from which a text is said not to be English: of 1,917 English texts and beginnings of 100 and 200
characters (Wikinews train, BASIL, US newspapers, PolNeAR train), no one is called another language from here on."""
ENGLISH_WORDS_MIN_SHARE: Final = 0.08
"""A text with so many common English words among its words is English; the detector, half a second to load, is not asked."""
DATE_FIRST_YEAR: Final = 1900
DATE_LAST_YEAR: Final = 2100
"""A number of seconds outside these years is no date."""

# --- language -------------------------------------------------------------------------------------------------
PARSE_BATCH: Final = 64
"""Sentences parsed together; larger batches gain nothing on two cores."""
PARSE_GROUP: Final = 256
"""Sentences that are sorted by length before they are parsed."""
LEMMAS_KEPT: Final = 30_000
"""Words whose lemma and kind the pipeline remembers; with more it begins anew, so that a long run stays flat."""
ANAPHORS_KEPT: Final = 1_000
"""Kinds of pronouns and descriptions of which the coreference model's answer is remembered."""
NAMES_KEPT: Final = 1_000
"""Words of names whose plain spelling is remembered: an article asks for those of its persons again and again."""
NOUNS_KEPT: Final = 4_000
"""Words of which the search for actors remembers whether they are nouns for persons or organisations."""
SENTENCE_MAX_CHARS: Final = 4000
"""A run without a sentence end is cut at white space here, so that the parser's memory stays bounded."""

TITLE_CASE_SHARE: Final = 0.7
"""Where this share of the words has a capital, a line is in title case, and a capital says nothing. Chosen by hand."""
TITLE_MAX_WORDS: Final = 8
"""A quotation in title case of no more words is the title of a work. Chosen by hand."""
SPOKEN_WORDS: Final = (3, 5, 9)
"""So many words make a quotation somebody's sentence: with a capital and a closing mark; with a closing mark; in any case.
Chosen by hand."""
SENTENCE_MIN_WORDS: Final = 4
"""A quotation that nothing introduces is a sentence of its own with so many words. Chosen by hand."""
SUBJECT_MAX_TOKENS: Final = 12
"""How far behind a reporting verb its subject may begin or end: ", said X". Chosen by hand."""
SUBJECT_MAX_GAP: Final = 6
"""How far behind it the parser's mistakes are mended: the first noun there is taken for the subject. Chosen by hand."""

KEYNESS_MIN: Final = 6.63
"""A log-likelihood ratio below this is no keyword: chance alone reaches it once in a hundred words (chi-squared, one degree of
freedom)."""

# --- tone -----------------------------------------------------------------------------------------------------
VADER_ALPHA: Final = 15.0
"""Normalises a sum of valences s to s / sqrt(s^2 + alpha). Hutto and Gilbert, ICWSM 2014, and their code."""
CALIBRATION: Final = (1.1, 1.4, 0.4)
"""Slope, spread and rest of the map from a valence to probabilities: softmax of (spread |v| - slope v, rest,
spread |v| + slope v). Fitted by maximum likelihood on 2,500 targets of NewsMTSC train: training/valence.py."""
EVENT_VALENCE: Final = 4.0
"""An event's contribution in [-1, +1] on VADER's scale of a word's valence, [-4, +4]."""
PAIRS_MAX: Final = 8_000
"""Pairs of actors that the model reads in one article, a minute or two; of a longer one, voices and events alone say who
stands where, and the page says so."""
PAIR_ACTORS_MAX: Final = 10
"""Actors of one sentence that are paired: a longer list of names is a list."""
STANCE_FLOOR: Final = 0.3
VOICE_FLOOR: Final = 0.55
"""A stance less probable than this is not stated: the first holds for what somebody does, the second for words alone, which
below it are right in about half of all cases. Chosen on the development part and on 60 articles that were read. With both,
seven of ten positions of the train part are right in the fifths left out (training/stances.py prints it); docs/methodology.md
says what they cost and gain on other articles."""
DOUBT_FLOOR: Final = 0.25
"""A stance at least so probable, and below its floor, is listed as weighed and not stated."""
HEADLINE_FLOOR: Final = 0.85
HEADLINE_SENTENCES: Final = 2
"""A position is named in a sentence of its own only where it is so probable and stands in so many sentences."""
CERTAIN_MIN: Final = 0.5
"""A score is certain where one class is more probable than the two others together; else it is too uncertain to call. On
Wikinews dev 92 of 100 certain labels are right, and 53 of 100 others (benchmarks/accuracy.json: certain, too_uncertain)."""
CLEAR_TONE: Final = 0.15
"""A tone nearer to zero than this takes no clear side. On Wikinews dev, from here on 62 of 100 single tones have the label's
side, and 94 of 100 clear judgements are found (benchmarks/accuracy.json: from_size): a lean, to be read with its sentence."""
STRONG_TONE: Final = 0.5
"""A tone at least this far from zero is a strong call: on Wikinews dev 85 of 100 have the label's side, in US newspapers 73
(benchmarks/accuracy.json: strong)."""
LEAN_MIN: Final = 0.05
"""A mean nearer to zero than this is no lean, however narrow its interval: of single tones so small, 3 of 100 have the label's
side on Wikinews dev (benchmarks/accuracy.json: by_size)."""
CUE_MIN: Final = 0.10
CUES_MAX: Final = 5
"""The words that carry a score are those that move it at least so far its own way, at most so many, the strongest first. Of
988 contributions in the seed article 75 of 100 were below 0.05: marks that say nothing."""
DEFAULT_SCORER: Final = "encoder"
"""What is used unless told otherwise, everywhere."""
EVIDENCE_MAX: Final = 400
"""Mentions up to which the encoder's words are worked out; a longer text gets its scores alone, or it would take minutes."""

# --- estimates ------------------------------------------------------------------------------------------------
MIN_POINTS: Final = 5
"""Fewer scored sentences than this are shown, never summarised: five mentions are not a trend."""
INTERVAL_SHARE: Final = 0.90
"""What an interval is to hold."""
SHARED_DOUBT: Final = 0.1
"""How alike the scorer's errors on one actor of one article are: the correlation of the distances between tone and label in two
of his sentences. On labelled whole articles 0.10 in Wikinews, 0.16 in US newspapers (benchmarks/intervals.json: labelled)."""
PRIOR_SENTENCES: Final = 2
PRIOR_VARIANCE: Final = 0.1
"""What n sentences know of their own variance is joined with a prior that counts as two sentences. The variance of the tones of
an actor between sentences is 0.07 in Wikinews and 0.11 in US newspapers on average (benchmarks/intervals.json: labelled)."""
PRIOR_ARTICLES: Final = 2
PRIOR_ARTICLE_VARIANCE: Final = 0.03
"""The same for the variance between the articles of one outlet, of which a few know even less."""
DIFFERENCE_POINTS: Final = 2
"""Scored sentences each of two articles must have toward an actor to be compared. So few are no mean, but the interval of their
difference holds what they do not know."""
REPEAT_SHARE: Final = 0.6
"""A summary point repeats a sentence of the body that holds so many of its content words."""
BOOTSTRAP_ROUNDS: Final = 2000
"""Resamples of a bootstrap. Efron and Tibshirani, An Introduction to the Bootstrap (1993), ask for at least 1,000 where
percentiles are read off."""
TURNED_ROUND: Final = 5
"""So many of the calls of an article of which the scorer is least sure are turned round, to see what depends on them."""
DRAW_FLOOR: Final = 0.25
"""Added to a unit's doubt when units are drawn for coding, so that those of which the machine is sure are drawn as well."""
CODED_LEAST: Final = 20
"""With fewer coded sentences nothing is said of people's agreement with the machine, and no mean is corrected."""
CODED_ACTOR_LEAST: Final = 10
"""The same for one actor of a sheet."""
CODED_SHARE: Final = 0.95
"""What the intervals of corrected figures are to hold, as is usual in content analysis."""
ALPHA_TENTATIVE: Final = 0.667
ALPHA_RELIABLE: Final = 0.80
"""Below the first, coders agree too little for conclusions; from the second on they agree enough. Krippendorff, Content
Analysis (2019), chapter 12."""
CLUSTERS_LEAST: Final = 10
"""With fewer articles than this, sentences are taken as independent, since so few articles say little of their own variance."""
DRAW_BANDS: Final = (0.05, 0.2)
"""Doubts at which units are sorted into sure, less sure and unsure ones before they are drawn, so that each gets its share.
Chosen by hand."""
SEED: Final = 20210419
"""The seed of all random draws, so that the same input gives the same numbers. Any other would do."""

# --- many articles --------------------------------------------------------------------------------------------
CHUNK_CHARS: Final = 400_000
"""Characters scored between two writes, about a minute of one core: 110 articles of 600 words."""
CHUNK_FIRST_CHARS: Final = 40_000
"""The first chunk; each that follows is larger by as much, so that a rate is known early and few articles keep all workers
busy."""
CHUNK_REFUSALS: Final = 5_000
"""Rows without an article after which a chunk ends, so that ten thousand copies do not wait in memory."""
SCHEDULER_SECONDS: Final = 30
"""How long a scheduler may take to answer."""
COMPARED_ACTORS_MAX: Final = 8
"""Actors that a page of comparison shows; the frames hold all."""
COMPARED_ARTICLES_MAX: Final = 50
"""Articles up to which each may be a row of a comparison; more are compared by outlet."""
COPIES_SHOWN: Final = 20
"""Copies that a page of comparison lists; ``copies.parquet`` holds all."""
SINGLE_REPORTS_MAX: Final = 20
"""Articles of a folder up to which each gets a report of its own beside the comparison: half a minute each."""
COPY_WORDS: Final = 5
"""Words of a shingle."""
COPY_HASHES: Final = 64
"""Hashes of a signature: the shared part is known to about 0.06."""
COPY_SHARE: Final = 0.6
"""Articles that share so many of their runs of five words are copies. Two reports of one event by different writers share a
few hundredths, a wire's text with another headline and a paragraph cut shares two thirds and more."""

# --- words for numbers ----------------------------------------------------------------------------------------
PROBABILITY_WORDS: Final = ((0.9, "almost surely"), (0.75, "very likely"), (0.6, "likely"), (0.5, "more likely than not"))
"""What a probability is called from each step on; below the last, "perhaps". Chosen by hand."""
SHARE_WORDS: Final = ((1.0, "all of it"), (0.8, "nearly all of it"), (0.51, "most of it"))
"""What a share of a half or more is called from each step on; below the last, "half of it". Chosen by hand."""
MAIN_SOURCE_SHARE: Final = 0.8
"""A source with this share of what is attributed is named alone. Chosen by hand."""
STRONG_CUE: Final = 0.35
"""Words that contribute so much are underlined more heavily. Chosen by hand."""

# --- charts ---------------------------------------------------------------------------------------------------
PANELS_MAX: Final = 6
"""More actors than this are not drawn as panels; the table holds them all."""
ROWS_MAX: Final = 20
"""Actors drawn in a dispersion or a ranking; the table holds them all."""
BARS_MAX: Final = 200
"""Bars side by side that can still be told apart; more sentences share a bar."""
ACTORS_TOLD_MAX: Final = 8
"""Actors whose finding stands open on a report's first page; the rest are folded."""
ACTORS_DRAWN: Final = 3
"""Of these the first page draws so many, sentence by sentence; the page on tone draws them all."""
SENTENCES_TOLD: Final = 3
"""Sentences told beside a headline: the strongest."""
ACTOR_SENTENCES_MAX: Final = 25
"""Sentences listed under one actor, the strongest first; the article's text holds all."""
TABLE_ROWS_MAX: Final = 1000
"""Rows a page shows of one table; its CSV holds all."""

# --- actors ---------------------------------------------------------------------------------------------------
ACTORS_ROLE_WEIGHTS: Final = {"subject": 4.0, "object": 2.5, "possessor": 2.2, "oblique": 1.8, "root": 2.5, "other": 1.5}
"""Salience of a mention by its grammatical role; the order is that of Lappin and Leass (1994)."""
ACTORS_RECENCY: Final = (1.0, 0.5, 0.25, 0.1)
"""What is left of a mention's salience in its own sentence and one, two and three sentences on."""
ACTORS_UNNAMED_SHARE: Final = 0.8
"""The salience of somebody unnamed ("an officer") next to that of an actor in the same role."""
ACTORS_SIGN_STRONG: Final = 2.0
ACTORS_SIGN_GOOD: Final = 1.5
ACTORS_SIGN_FAIR: Final = 1.0
ACTORS_SIGN_WEAK: Final = 0.5
"""What one sign in the words around a name counts for or against a person or an organisation. A label of the parser counts 1.
Chosen by hand on the development texts."""
ACTORS_LISTED: Final = (1.0, 0.6, 0.1)
"""The same for a single name that is listed as a given name, that is listed as a surname, and that is no everyday word."""
ACTORS_NAME_WORDS_MAX: Final = 5
"""A run of more words is no person's name. Chosen by hand."""
ACTORS_LINK_SURE: Final = 0.95
ACTORS_LINK_GOOD: Final = 0.9
ACTORS_LINK_FAIR: Final = 0.8
"""The confidence of a mention that a rule alone gives to an actor. Sure: "Mrs Clinton" where one Clinton is a woman. Good: a
surname with one bearer. Fair: a surname of two, one of whom is named more often. Chosen by hand; nothing is decided by them."""
ACTORS_SHARED_SEATS: Final = {"Brussels": "European Union"}
"""A capital that means an organisation where the organisation is named and the country is not. Treaty on European
Union, Protocol No 6 on the location of the seats of the institutions, sole article."""
ACTORS_SHORT_NAMES: Final = frozenset({"America", "Britain", "Great Britain", "the States", "Emirates", "U.S.A.", "U.S.S.R."})
"""Names of countries that are shown under the full name even where an article uses no other."""
ACTORS_STATE_NOUNS: Final = frozenset(
    "government govt state regime administration authority official president premier chancellor minister ministry leader"
    " leadership parliament senate congress cabinet legislature army military force troop soldier navy warplane plane jet"
    " aircraft missile rocket drone artillery airstrike strike shelling bombing bombardment bomb aggression invasion incursion"
    " offensive attack assault annexation occupation operation intervention meddling interference propaganda sanction embargo"
    " tariff policy diplomacy diplomat ambassador envoy delegation embassy consulate intelligence spy service police security"
    " guard coastguard constitution queen king crown monarch monarchy republic nation people public voter plan proposal demand"
    " claim allegation response decision approval support pressure influence threat promise offer move role position stance"
    " veto denial aid rule territory side team prime foreign counterpart negotiator spokesman spokeswoman lawmaker party"
    " politics economy election war".split()
)
"""Nouns that are a state's own office, force or action: an adjective of nationality before them means the state ("Syrian forces
bombed"), before any other noun only where somebody comes from ("a Danish councillor"). Words chosen by hand; the cases are
those of the labelling guide for tone (docs/methodology.md)."""
COREFERENCE_LEAST: Final = {
    **dict.fromkeys(("he", "she"), 0.34),
    **dict.fromkeys(("it", "they"), 0.6),
    **dict.fromkeys(("person", "organisation", "country", "people", "aged"), 0.5),
}
"""The least probability at which a pronoun or a description of each family is linked; below, it is left alone. Set on the
development texts, by looking at them."""
COREFERENCE_UNNAMED: Final = 0.5
"""The same for somebody without a name: from here on an anaphor means "the officer", and so no actor."""
COREFERENCE_SURE: Final = 0.99
"""The confidence of a learned link is given as no more than this."""
COREFERENCE_SHARE_MIN: Final = 0.02
"""A probability below this is forgotten where a later anaphor may refer to an undecided one."""
COREFERENCE_READ: Final = ("he", "she")
"""Families of anaphors for which the words around them are read; for others that brought nothing on the development texts."""
COREFERENCE_SHARED: Final = 0.8
"""The same for a description of which the text says that several actors are that: "the judge", where two judges were named."""
COREFERENCE_KIND: Final = 0.6
"""The same for "he" and "she" where the name was taken for an organisation's or a place's and may be a person's: the link makes
it a person."""
COREFERENCE_UNDECIDED: Final = 0.25
"""Two actors are both possible where each has at least this probability: of "he" and "she" the words are then read, and what is
left alone is listed with both names."""
