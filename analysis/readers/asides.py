"""What stands on a page of news and is not the article: bylines, dates, captions, credits, links, share lines, footers.

Each kind is a row of ``ASIDES`` with a pattern; tests hold the examples that it takes and those it leaves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from ..constants import ASIDE_MAX_CHARS, DATE_LINE_MAX_CHARS, HEADLINE_MIN_WORDS, KICKER_MAX_WORDS
from ..model import SectionKind
from .dates import MONTHS, dates_in

Where = Literal["anywhere", "top", "end"]


@dataclass(frozen=True, slots=True)
class Aside:
    """A kind of line that is no part of the article, such as a byline or a caption.

    Attributes:
        name: the name of the kind.
        kind: the kind of section that such a line becomes.
        where: where it may stand: anywhere, before the first paragraph, or after the last.
        pattern: a pattern of the whole line.
        takes: lines that it matches.
        leaves: lines that it must not match.
    """

    name: str
    kind: SectionKind
    where: Where
    pattern: re.Pattern[str]
    takes: tuple[str, ...]
    leaves: tuple[str, ...]


_SOCIAL: Final = (
    r"(?:Facebook|Twitter|X|Instagram|YouTube|TikTok|WhatsApp|LinkedIn|Telegram|Threads|Bluesky|Reddit|Pinterest|Sounds)"
)
_WORD: Final = r"(?:[A-Z][\w’'.-]*|d[aeu]s?|de la|van(?: de[rn]?)?|von|bin|al|el|le|la|ter|zu)"
_NAME: Final = rf"{_WORD}(?: {_WORD}){{0,4}}"
_DAYS: Final = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_MONTHS: Final = "|".join(name.capitalize() for name in MONTHS)
_MONTHS_SHORT: Final = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS) + "|sept"
_NOT_A_TIME: Final = rf"(?!(?:{_DAYS}|{_MONTHS}|Christmas|Easter|Then|Contrast|Now|The(?! [A-Z])|All|Any|Law)\b)"
_ROLE: Final = (
    r"(?:\w+[ -]){0,5}(?:editor|correspondent|reporter|writer|columnist|staff|desk|bureau|analyst|producer|critic"
    r"|journalist)s?"
    r"(?:[ ,](?:in|at|for|of) [^.!?]{2,40})?"
)
_JOINS: Final = (
    r"(?:and|in|for|at|of|the|with|&|our|chief|senior|deputy|associate|assistant|special|staff|political|politics"
    r"|foreign|home|world|national|regional|local|economics?|business"
    r"|finance|environment|climate|health|science|education|diplomatic|defence|security|legal|court|crime|sports?"
    r"|football|features?|news|data|media"
    r"|technology|editor|correspondent|reporter|writer|columnist|desk|bureau|analyst|producer|critic|journalist"
    r"|agencies)s?"
)
_AGENCY: Final = (
    r"(?:Getty(?: Images)?|AP(?: Photo| Images)?|AFP|Reuters|REUTERS|EPA(?:-EFE)?|PA(?: Wire| Media| Images)?"
    r"|Shutterstock|Alamy"
    r"|Bloomberg|Xinhua|NurPhoto|Anadolu|Zuma|Rex|iStock|dpa|TASS|Handout|Pool|SIPA|UPI|Press Association"
    r"|Associated Press)"
)
_PICTURE: Final = r"(?:Photo(?:graph|s|graphs)?|Picture|Pic|Image|Illustration|Graphic|Screenshot|Video(?: still)?|Cartoon)s?"
_FLAGS: Final = re.IGNORECASE


def _lines(*patterns: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)


ASIDES: Final = (
    Aside(
        "byline",
        "byline",
        "anywhere",
        _lines(
            rf"(?i:(?:(?:words|story|text|written|posted|reported|analysis|report|photographs?|opinion|column) )?by):? "
            rf"{_NOT_A_TIME}{_WORD}(?:[ ,|()–—-]{{1,3}}(?:{_WORD}|{_JOINS}))*[,)]?",
            rf"(?i:by (?:our|the|a) {_ROLE})",
            r"By [A-Z][\w ]+ (?:Desk|Bureau|Staff|Team|Reporters?|Correspondents?|Editors?|Agenc(?:y|ies)|Newsroom)",
            rf"(?:From|By) our (?:own )?[\w ]*(?:correspondent|reporter|staff)s?(?: in {_NAME})?",
        ),
        (
            "By Jane Roe, political editor",
            "By Sports Desk",
            "By JANE ROE and JOHN DOE",
            "BY JANE ROE",
            "By J.K. Smith in Oslo and Ann Kerr, chief reporter",
            "Words by Ann van der Berg",
            "By our political correspondent",
            "By our Parliamentary Correspondent",
            "By The Associated Press",
        ),
        ("By Monday Anna Lind had won.", "By Monday, Lind", "By contrast, Norway won", "By attacking Birch, Lind won the vote"),
    ),
    Aside(
        "byline under its headline",
        "byline",
        "top",
        _lines(
            rf"{_NAME}(?: and {_NAME})?(?:, (?:[\w&’']+[ -]){{0,4}}| (?:(?:[A-Z][\w&]+|chief|senior|political"
            rf"|foreign|deputy|business|sports?)[ -])"
            r"{0,4})(?:[Ee]ditor|[Cc]orrespondent|[Rr]eporter|[Cc]olumnist|[Ww]riter|[Cc]ommentator)s?(?:,? (?:in"
            r"|at|for) [^.!?]{2,40})?",
            r"(?:[A-Z][\w&’']*[ -])?(?:\w+[ -]){0,2}(?:[Ee]ditor|[Cc]orrespondent|[Rr]eporter|[Cc]olumnist)s?",
            rf"{_NAME} (?:in|\||•|·|/) (?:[A-Z][\w ]+)(?: and {_NAME} in {_NAME})?",
            rf"{_NAME} ?[|•·] ?.{{3,60}}",
        ),
        (
            "Jane Roe, Political Editor",
            "Jane Roe Chief political correspondent",
            "Jane Roe in Brussels",
            "Jane Roe | The Herald",
        ),
        ("Jane Roe beats the editor", "Lind wins in Oslo after a long count", "Storm Ada hits Norway"),
    ),
    Aside(
        "handle or address of a reporter",
        "byline",
        "anywhere",
        _lines(r"@\w{2,30}", r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", rf"(?:{_NAME}\s+)?(?:[|•·,] ?)?@\w{{2,30}}"),
        ("@janeroe", "jane.roe@herald.example", "Jane Roe @janeroe"),
        ("Write to us at home, said Lind",),
    ),
    Aside(
        "date",
        "byline",
        "anywhere",
        _lines(
            r"(?:first |last |date |story )?(?:published|updated|posted|modified|created|issued|released|edited"
            r"|publication date|date)"
            rf"[^.!?\d]{{0,25}}(?:\d{{1,2}}[:.]\d\d|\d{{1,4}}[/.-]\d|(?:\d{{1,2}}\w{{0,2}} )?(?:{_MONTHS_SHORT})"
            rf"|\d+ \w+ ago)\b.{{0,80}}",
            r"(?:updated|published|posted):? ?(?:yesterday|today|just now|an? (?:hour|minute|day|week)s? ago).{0,20}",
            r"\d+ (?:second|minute|min|hour|hr|day|week|month|year)s? ago(?: ?[|•·].{0,40})?",
            r"\d+[ -](?:minute|min)s?(?: read)?",
            r"(?:reading time|read time|estimated read(?:ing)? time):? .{1,20}",
            flags=_FLAGS,
        ),
        (
            "Published 3 May 2024, 10:00 BST",
            "Updated 2 hours ago",
            "Last updated: Fri 3 May 2024 11.02 BST",
            "FIRST PUBLISHED: 09:14, 3 May 2024 | UPDATED: 11:02, 3 May 2024",
            "Posted on May 3, 2024 by admin",
            "3 min read",
            "2 hours ago",
        ),
        ("Published figures show that 3 of 4 floods were forecast.", "Updated rules please Norway"),
    ),
    Aside(
        "credit",
        "caption",
        "anywhere",
        _lines(
            rf"\(?{_PICTURE}(?: (?:credit|by|courtesy(?: of)?|source|caption|copyright))?(?:[:/©,]| ?\|) ?.{{0,300}}",
            rf"\(?{_PICTURE} (?:by|courtesy of|via) {_NAME}.{{0,80}}",
            r"(?:Image|Media|Video) (?:caption|source|copyright),? ?.{0,300}",
            r"(?:FILE(?: PHOTO)?|File(?: photo| picture)?)(?: ?[-–—:]| ?\().{0,400}",
            rf".{{0,300}}[(\[—–|.] ?(?:{_PICTURE}(?: by)?:? ?)?(?:{_NAME} ?/ ?{_AGENCY}|{_AGENCY} ?[/|] ?{_NAME}"
            rf"|Getty Images|AP Photo)"
            rf"(?: via {_AGENCY})?[)\]]?\.?",
            rf"(?:{_NAME} ?/ ?)?{_AGENCY}(?: ?[/|] ?{_NAME}| via {_AGENCY}| Images)?",
            rf".{{10,300}}[.)] (?:{_PICTURE}(?: credit)?|Credit): .{{2,60}}",
            r"(?:Photo |Picture |Image )?[Cc]redit: .{2,80}",
        ),
        (
            "Photo: Ann Kerr",
            "Image caption, The river on Monday",
            "Image source, Getty Images",
            "FILE PHOTO: Anna Lind speaks in Oslo, Norway, May 3, 2024. REUTERS/Ann Kerr",
            "Anna Lind speaks on Monday. (AP Photo/Ann Kerr)",
            "The square on Monday. Photograph: Ann Kerr/Reuters",
            "Ann Kerr/AFP via Getty Images",
            "Getty Images",
        ),
        (
            "Photographs of the flood shocked Norway.",
            "Pictures show Norway in ruins",
            "Lind told Reuters.",
            "Picture this: Norway without oil, said Lind.",
        ),
    ),
    Aside(
        "link to other articles",
        "boilerplate",
        "anywhere",
        _lines(
            r"(?:read|see|watch|listen|hear)(?: (?:more|also|next|now|live|this|here))?(?: ?[:|>»–—•-] ?.{0,200})?",
            r"(?:read|see) (?:more|also|next)(?: (?:about|on|from|at|in) .{0,150})?",
            r"(?:click|tap) here(?: (?:to|for) .{0,150})?\.?",
            r"(?:also |must |keep |continue )read(?:ing)?(?: ?[:|>»–—•-] ?.{0,200})?",
            r"(?:related|recommended|more|popular|trending|top|latest|other|similar|you may(?: also)? like"
            r"|you might(?: also)? like|don[’']t miss"
            r"|most (?:read|viewed|popular|shared|commented)|what to read next|up next|next up|in pictures"
            r"|editors?[’']?s? picks?|in case you missed it|around the web|from (?:the|around the) web|elsewhere)"
            r"(?: (?:stor(?:y|ies)|articles?|news|topics?|links?|content|reading|posts?|videos?|coverage"
            r"|headlines?|on this (?:story|topic)"
            r"|from (?:the|our|around the) [\w ]{2,30}|(?:from|on|in) [A-Z][\w ]{2,30}|in this (?:section|series)"
            r"|now|today|for you))?(?::.{0,200})?",
            flags=_FLAGS,
        ),
        (
            "Read more: Lind faces new questions",
            "READ MORE",
            "Read more about floods",
            "ALSO READ | Birch resigns",
            "Related: Birch resigns",
            "Related stories",
            "More on this story",
            "Most read",
            "You may also like",
            "Watch: Lind loses her temper",
            "Continue reading",
        ),
        (
            "Read the letter, Lind told Birch.",
            "More Norwegians die in floods",
            "See you in court, says Lind",
            "Latest flood kills nine",
        ),
    ),
    Aside(
        "share line",
        "boilerplate",
        "anywhere",
        _lines(
            r"(?:share|tweet|email|e-mail|print|save|comments?|copy link|bookmark|whatsapp|facebook|twitter"
            r"|linkedin|reddit|telegram|flipboard)",
            rf"(?:share|tweet|email|post|pin|send|copy)(?: (?:this|the|via|on|to|with|link|article|story|page|by"
            rf"|it)){{1,4}}(?: ?{_SOCIAL}(?:[ ,]+{_SOCIAL})*| email| friends?| ?link)?\.?",
            rf"(?:(?:{_SOCIAL}|email|print|share|tweet|copy link|whatsapp)[ ,|•·/]*){{2,}}",
            rf"(?:you can (?:also )?)?(?:follow|like|join|find|connect with|subscribe to)"
            rf"(?: [\w@’'. ]{{1,60}})? (?:on|at) {_SOCIAL}\b.{{0,120}}",
            r"(?:listen|hear|subscribe)\b[^.]{2,120}\b(?:podcasts?|spotify|apple podcasts|wherever you get)\b.{0,120}",
            rf"(?:listen|tune in)(?: to)? [^.]{{2,80}}\b(?:on|and follow) .{{0,80}}\b{_SOCIAL}\b.{{0,60}}",
            r"(?:\d+|no|view|show|hide|leave an?|post an?|add an?|join the|see all|load more"
            r"|read) ?(?:\d+ )?(?:comments?|repl(?:y|ies)|conversation|discussion|shares?)",
            r"(?:view|show|load) \d+ (?:comments|shares)",
            r"(?:what do you think|have your say|join the (?:conversation|discussion|debate))\b.{0,80}",
            flags=_FLAGS,
        ),
        (
            "Share",
            "Share this article on Facebook",
            "Facebook Twitter WhatsApp Email",
            "Follow us on Twitter @herald",
            "You can follow Radio Norland on Facebook, or on Twitter at @radionorland.",
            "Hear more on our podcast Inside Norland, available on Apple Podcasts and Spotify.",
            "Listen to the best of Radio Norland on Sounds and follow Radio Norland on Facebook and Instagram.",
            "12 comments",
            "Leave a comment",
            "Join the conversation",
        ),
        (
            "Share prices fell on Monday.",
            "Norway follows Sweden on Facebook ban",
            "Comments by Lind anger Norway",
            "Print media suffer",
        ),
    ),
    Aside(
        "newsletter or subscription",
        "boilerplate",
        "anywhere",
        _lines(
            r"(?:sign ?up|subscribe|register|log in|sign in)(?: (?:here|now|today|free|for free))?(?: (?:to|for"
            r"|and) .{0,160})?[.!]?",
            r"(?:get|receive)\b[^.]{0,100}\b(?:inbox|newsletter|alerts?|updates? (?:by|via) email)\b.{0,60}",
            r"(?:to read (?:more|the full|this)|already)[^.]{0,40}\b(?:subscri|member|account)\w*.{0,80}",
            r".{0,80}\b(?:our|free|daily|weekly|morning|evening)\b[\w ]{0,30}\bnewsletters?\b.{0,100}",
            r"(?:download|get) (?:the|our) [\w ]{0,40}\bapp\b.{0,60}",
            r"(?:support|donate to|help fund) (?:our|the|independent|quality)\b[^.]{0,40}\b(?:journalism|newsroom"
            r"|reporting|paper|site)\b.{0,100}",
            r"(?:become|be) (?:a|an) (?:\w+ )?(?:member|subscriber|supporter|patron)\b.{0,100}",
            r"(?:this|the) (?:article|story|content) is (?:exclusively |only )?(?:for"
            r"|available to) (?:\w+ )?(?:subscribers|members).{0,60}",
            r"(?:enter |your )?e-?mail(?: address)?(?: required)?",
            flags=_FLAGS,
        ),
        (
            "Sign up for our daily newsletter",
            "Subscribe to The Herald for £1 a week.",
            "Get the day’s headlines in your inbox every morning",
            "Support our journalism",
            "Download the Herald app",
            "Already a subscriber? Log in",
            "Become a member",
        ),
        (
            "Sign of hope for Norway",
            "Subscribers fled the paper after Lind’s purge.",
            "Get out, Lind told Birch.",
            "Support Lind",
        ),
    ),
    Aside(
        "sign-off",
        "boilerplate",
        "anywhere",
        _lines(
            r"[(\[]?(?:additional |further )?(?:reporting|writing|editing|compiled|translated|produced|edited"
            r"|written)(?: and \w+)?(?: contributed)? by [^\n]{3,300}",
            r"[^.!?\n]{3,120} (?:contributed to this (?:report|article|story)|contributed reporting"
            r"|reported from)\b.{0,120}",
            r"(?:with|includes) (?:files|reporting|additional reporting|reports?|material|agency input"
            r"|inputs?)(?: from| by| of)?\b.{2,100}",
            r"(?:[—–-]+ ?)?(?:ends?|end(?:s|it)|-?30-?|#{2,}|more to follow|more follows|to be continued)\.?",
            r"[—–-]+ ?(?:AP|AFP|Reuters|PA|dpa|Bloomberg|Xinhua|IANS|ANI|PTI|agencies|[A-Z][a-z]+ News Agency)\.?",
            r"(?:our|reuters) standards: .{0,120}",
            r"(?:contact|email|e-mail|write to|reach)\b[^.!?]{0,80}\b(?:at|on|:)? ?[\w.+-]+@[\w-]+\.\w+.{0,80}",
            r"for immediate release|(?:press|media) (?:contact|enquiries|inquiries)s?:.{0,200}",
            r"comment on this (?:story|article).{0,20}|gift (?:this )?article",
            r"(?:get involved|send (?:us )?your (?:stor(?:y|ies)|photos?|pictures|news|videos?|letters|views))\b.{0,160}",
            r"(?:find|read) this (?:article|story|page) (?:at|on|online)\b.{0,120}|(?:url|link|source): ?https?://\S+|https?://\S+",
            r"if you (?:have|want|would like|know)\b[^.]{2,120}\b(?:e-?mail|contact|write|call|text)\b.{0,160}",
            r"(?:do you have|got) (?:a|any)? ?(?:story|tip|information|question|view)s?\b.{0,160}",
            flags=_FLAGS,
        ),
        (
            "(Reporting by Ann Kerr in Moscow; Editing by Tom Roe)",
            "Additional reporting by Ann Kerr",
            "Ann Kerr contributed to this report.",
            "With files from The Canadian Press",
            "ENDS",
            "— AFP",
            "Our Standards: The Thomson Reuters Trust Principles.",
            "Contact Ann Kerr at ann@herald.example",
            "Press contact: Ann Kerr, 0555 123, press@county.example",
            "If you have a story for us, email stories@herald.example",
        ),
        ("Reporting on floods is hard, said Lind.", "Ends of roads were flooded", "Editing genes, Lind warned, is risky."),
    ),
    Aside(
        "footer",
        "boilerplate",
        "anywhere",
        _lines(
            r"(?:©|\(c\)|copyright)\b.{0,200}",
            r"©.{0,200}",
            r".{0,100}\ball rights reserved\b.{0,100}",
            r"this (?:material|article|story|report|content|press release|piece|post|page) (?:may not be"
            r"|was (?:first|originally|amended|updated|corrected"
            r"|produced|provided|edited|published|written|translated|auto-?generated)|has been (?:updated|amended"
            r"|corrected|edited)|first appeared"
            r"|originally (?:appeared|published)|is (?:part of|republished|taken from|adapted)"
            r"|contains? (?:affiliate|links))\b.{0,300}",
            r"(?:the )?(?:views|opinions)(?: and opinions)?(?: expressed)?\b[^.]{0,80}\b(?:author|writer|own"
            r"|reflect)\b.{0,160}",
            r"(?:correction|clarification|notes? to editors?|disclaimer|disclosure)s?(?: \([^)]*\))?[:.—–-].{0,600}",
            r"editor[’']?s? note(?: \([^)]*\))?[:.—–-] ?(?:(?:an?|the|this|our) )?(?:earlier|previous|original|following|story"
            r"|article|version|piece|post|report|headline|column)\b.{0,600}",
            r"(?:topics?|tags?|filed under|categor(?:y|ies)|keywords?|sections?|more about|in this article"
            r"|explore more on these topics)"
            r"(?: ?: ?.{0,200})?",
            r"(?=.*[|•·])[\w’' |•·&/]{0,150}\b(?:terms|privacy|cookies?|contact us|about us"
            r"|advertise)\b[\w’' |•·&/]{0,150}",
            r"(?:terms(?: (?:of|and|&) \w+)?(?: of use)?|privacy(?: policy| notice)?|cookies?(?: policy"
            r"| settings)?|contact us|about us|advertise(?: with us)?|careers|help|site ?map|accessibility)",
            r"(?:we|this (?:site|website)) uses? cookies\b.{0,200}",
            flags=_FLAGS,
        ),
        (
            "© 2024 The Herald",
            "Copyright 2024 The Associated Press. All rights reserved.",
            "This material may not be published, broadcast, rewritten or redistributed.",
            "The views expressed here are the author’s own.",
            "This article was amended on 4 May 2024 to correct a name.",
            "Editor’s note: an earlier version misstated the date.",
            "Tags: floods, Norway",
            "Terms of use | Privacy policy | Contact us",
            "We use cookies to improve your experience.",
        ),
        (
            "Copyrighted songs please Lind",
            "This article of the treaty, said Lind, is dead.",
            "The views of Lind are known.",
            "Topics of the day",
        ),
    ),
    Aside(
        "advertisement or control",
        "boilerplate",
        "anywhere",
        _lines(
            r"advertis(?:e?ment|ing)(?: - scroll to continue)?|ad|sponsored(?: content)?|promoted|paid (?:post"
            r"|content)|scroll to continue",
            r"(?:story|article|content)? ?continues?(?: below| after)?(?: (?:this |the )?(?:ad|advert"
            r"|advertisement|video|promotion|newsletter))?(?: promotion)?",
            r"skip (?:to|past|advert|ad|navigation|promotion|newsletter)\b.{0,60}|back to top|menu|search|close"
            r"|home|loading[.…]*|next|previous|play(?: video)?|subscribe now"
            r"|accept(?: all)?|reject(?: all)?|manage (?:cookies|preferences|settings)|toggle \w+|open \w+ menu"
            r"|show more|show less|see more|listen|watch live|live now",
            r"(?:listen to (?:this|the) (?:article|story|audio)|(?:this|the) (?:article|audio) is (?:ai"
            r"|auto\w*)[ -]?(?:generated|narrated))\b.{0,60}",
            flags=_FLAGS,
        ),
        ("ADVERTISEMENT", "Story continues below advertisement", "Skip to main content", "Menu", "Listen to this article"),
        ("Home is where Lind is", "Continued floods worry Norway", "Search for Lind goes on"),
    ),
    Aside(
        "lines of an archive",
        "boilerplate",
        "anywhere",
        _lines(
            r"page \d+(?: of \d+)?|\d+ of \d+ documents|end of document|body",
            r"(?:first|second|third|final|late|early|main|national) edition",
            r"(?:length|section|byline|load-date|dateline|publication-type|language|graphic|highlight|classification"
            r"|journal code|issn|correction-date|document type|subject|company|organization|geographic|industry"
            r"|person|ticker)s?: ?.{1,400}",
            flags=_FLAGS,
        ),
        (
            "Page 1 of 2",
            "Length: 312 words",
            "Byline: Jane Roe",
            "Section: NEWS; Pg. 4",
            "Load-Date: May 4, 2024",
            "End of Document",
        ),
        ("Body of evidence grows, says Lind", "Page by page, Lind read it.", "First editions fetch a fortune"),
    ),
    Aside(
        "author in a sentence",
        "boilerplate",
        "end",
        _lines(
            rf"{_NAME} (?:is|was|works as|writes as) (?:an?|the|our) [^.]{{0,60}}\b(?:reporter|correspondent"
            rf"|columnist|editor|writer|journalist|contributor)\b"
            r"[^.]{0,40}\b(?:for|at|of|with|based|covering|who covers)\b[^.]{0,80}\.?(?: (?:Follow|Email|Contact"
            r"|Reach|She|He|They) [^\n]{0,160})?",
            rf"{_NAME} (?:covers|writes about|reports on) [^.]{{2,80}} for (?:the |The )?[A-Z][^.]{{2,40}}\.?",
            r"(?:About the (?:author|writer)|The (?:author|writer) is)\b.{0,300}",
        ),
        (
            "Ann Kerr is a political reporter for The Herald.",
            "The writer is a fellow of the Norland Institute",
            "Ann Kerr covers courts for The Herald.",
        ),
        ("Ann Kerr is a hero for Norway.",),
    ),
)
_OF_A_DATE: Final = re.compile(
    rf"\b(?:{_DAYS}|Mon|Tues?|Wed|Thu(?:rs)?|Fri|Sat|Sun|{_MONTHS_SHORT}|a\.?m|p\.?m|at|st|nd|rd|th|of|GMT|BST|UTC|CES?T|E[SD]?T|P[SD]?T|IST|T|Z)\b"
    r"|(?<=\d)(?:st|nd|rd|th|am|pm|T|Z)\b|(?<=\d)T(?=\d)",
    re.IGNORECASE,
)
_LIST_TITLE: Final = re.compile(
    r"(?:related|recommended|more|popular|trending|top|latest|other|similar|most|you (?:may|might)|what to read|up next"
    r"|around the web|from the web|in case you missed|don[’']t miss|elsewhere|editors?[’']?s?’? picks?|topics|tags)\b",
    _FLAGS,
)
_CREDIT: Final = re.compile(rf"(?:{_NAME} ?/ ?)?{_AGENCY}(?: ?[/|] ?{_NAME}| via {_AGENCY})?")
_PERSON: Final = re.compile(
    rf"[A-Z][\w’'-]+ (?:{_WORD} ){{0,2}}[A-Z][\w’'-]+(?:(?:,| and|,? &) [A-Z][\w’'-]+ (?:{_WORD} ){{0,2}}[A-Z][\w’'-]+)?"
)
_LIVE: Final = re.compile(
    r"(?:\d{1,2}[:.]\d\d(?: ?(?:[ap]\.?m\.?))?(?: ?(?:GMT|BST|CET|EST|EDT|PST|PDT|UTC|IST))?)", re.IGNORECASE
)
KICKERS: Final = frozenset(
    line.strip()
    for line in """
opinion, analysis, world, politics, sport, sports, business, uk, us, u.s., europe, asia, africa, americas, exclusive, live,
video, editorial, comment, commentary, letters, letter, interview, explainer, breaking, football, soccer, cricket, tennis,
rugby, golf, health, science, tech, technology, environment, climate, culture, arts, entertainment, lifestyle, travel,
education, money, economy, markets, finance, media, obituary, obituaries, news, national, local, regional, international,
features, feature, investigation, report, review, reviews, profile, weather, crime, courts, law, society, religion, column,
perspective, insight, briefing, watch, listen, photos, gallery, podcast, newsletter, home, fact check, breaking news, world
news, uk news, us news, local news, live updates, the big read, long read, letters to the editor, middle east, latin
america, north america, first read, special report, in depth, guest column, guest essay, news analysis, latest news, top
stories
""".replace(",", "\n").splitlines()
    if line.strip()
)
"""Rubrics that stand alone above a headline."""


@lru_cache(maxsize=4096)
def aside_of(line: str, where: Where) -> SectionKind | None:
    """What kind of aside a line is, at the top, at the end or in the middle ("anywhere"); None where it is of the article."""
    if len(line) > ASIDE_MAX_CHARS:
        return None
    if _is_date(line) or (where != "top" and _LIVE.fullmatch(line)):
        return "byline"
    for aside in ASIDES:
        if aside.where in ("anywhere", where) and aside.pattern.fullmatch(line):
            return aside.kind
    return None


def _is_date(line: str) -> bool:
    """Whether a line holds a date and nothing else, as beneath a headline."""
    if len(line) > DATE_LINE_MAX_CHARS or next(dates_in(line), None) is None:
        return False
    return not re.search(r"[^\W\d_]", _OF_A_DATE.sub("", line)) and line[-1:] not in "?!"


def is_list_title(line: str) -> bool:
    """Whether a line stands above a list of other articles or topics: "Related stories", "Most read"."""
    return len(line.split()) <= KICKER_MAX_WORDS and bool(_LIST_TITLE.match(line))


def is_credit(line: str) -> bool:
    """Whether a line is the credit of a picture and nothing else."""
    return bool(_CREDIT.fullmatch(line))


def is_name(line: str) -> bool:
    """Whether a line is a person's name and nothing else, in capitals or not."""
    return bool(_PERSON.fullmatch(line))


def is_kicker(line: str, following: str) -> bool:
    """Whether a first line is the rubric above the headline that follows: "EPL", "OPINION", "World news"."""
    words = line.casefold().strip(" :|•·/").split()
    known = " ".join(words) in KICKERS or (len(words) <= 3 and all(word in KICKERS or word in "&and/" for word in words))
    known |= len(words) <= KICKER_MAX_WORDS and any(
        part.strip() in KICKERS for part in re.split(r"[|•·/>»]", line.casefold())[:-1]
    )
    capitals = len(words) == 1 and line.isupper() and not following.isupper() and line[-1:].isalpha()
    return (known or capitals) and len(following.split()) >= HEADLINE_MIN_WORDS and not re.search(r"[.,;:]$", following)
