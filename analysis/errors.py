"""What can go wrong, as one tree. Every message says what, which value, where, and the next step.

::

    TowardError
    ├── ArticleError            an article cannot be read
    │   ├── MissingArticle      no such file, or a folder
    │   ├── EmptyArticle        nothing but white space
    │   ├── UnreadableArticle   binary, or bytes that no encoding explains
    │   └── UnreadableCorpus    a table, folder or archive of articles cannot be read at all
    ├── CorpusError             a scored corpus cannot be written, opened or asked
    ├── RegistryError           the analyst's registry has a mistake (file, line, nearest word)
    ├── SpanError (ValueError)  a span does not fit its sentence
    ├── ScorerError (ValueError)  no scorer of that name
    ├── EstimateError (ValueError)  what is to be summarised is no score (sentence)
    ├── SheetError (ValueError)  a sheet that people coded has a mistake (file, row)
    ├── ModelError              the shipped model is missing or altered
    ├── ChartError              a chart lacks its title, subtitle, source or alt text
    ├── ReportError             the report cannot be written where it was asked for
    └── MissingPart             an optional package is not installed
"""

from __future__ import annotations


class TowardError(Exception):
    """Anything this package says about its input; the command line turns it into exit code 2."""


class ArticleError(TowardError):
    """An article cannot be read."""


class MissingArticle(ArticleError):
    """There is no file where the article was looked for."""


class EmptyArticle(ArticleError):
    """The article holds nothing but white space."""


class UnreadableArticle(ArticleError):
    """The bytes are not text, or no encoding explains them."""


class UnreadableCorpus(ArticleError):
    """A table, folder or archive of articles cannot be read at all: it is not there, is no such table, or lacks a column."""


class CorpusError(TowardError):
    """A scored corpus cannot be written, opened or asked."""


class RegistryError(TowardError):
    """The analyst's registry has a mistake."""


class SpanError(TowardError, ValueError):
    """A span is empty, lies outside its sentence, or is not a pair of whole numbers."""


class ScorerError(TowardError, ValueError):
    """No scorer has that name."""


class EstimateError(TowardError, ValueError):
    """What is to be summarised is no score."""


class SheetError(TowardError, ValueError):
    """A sheet that people coded cannot be used: what is wrong, in which row."""


class ModelError(TowardError):
    """The shipped model is missing or is not the file that was released."""


class ChartError(TowardError):
    """A chart was finished without one of the texts every chart needs."""


class ReportError(TowardError):
    """The report cannot be built or written."""


class MissingPart(TowardError):
    """An optional package is needed and not installed."""
