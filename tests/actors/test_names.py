"""Names in whole texts: one person under all forms, organisations with their short names, countries, and what is nobody."""

from __future__ import annotations

import pytest

from analysis.actors import find_actors, linking, names
from analysis.language import parse
from analysis.readers import read_text

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pipeline")]


def forms(text: str) -> dict[str, list[str]]:
    """The actors of a text, each with the surface forms of its mentions by name."""
    cast = find_actors(parse(read_text(text + "\n")), pronouns=False)
    return {actor.name: [cast.parse.text_of(m) for m in cast.mentions_of(actor)] for actor in cast.actors}


def kinds(text: str) -> dict[str, str]:
    """The actors of a text with their kinds."""
    return {actor.name: actor.kind for actor in find_actors(parse(read_text(text + "\n"))).actors}


@pytest.mark.parametrize(
    "text, expected",
    [
        (
            "President Andrés Vega Molina was booed. Vega Molina left at once. President Vega later apologised.",
            {"Andrés Vega Molina": ["Andrés Vega Molina", "Vega Molina", "Vega"]},
        ),
        (
            "The day was invented by Ron Karimba, also known as Dr. Maulana Karimba. Karimba lied.",
            {"Ron Karimba": ["Ron Karimba", "Maulana Karimba", "Karimba"]},
        ),
        (
            "TOM BIRCH SLAMS ANNA LIND\n\nTom Birch attacked Anna Lind on Monday.",
            {"Tom Birch": ["TOM BIRCH", "Tom Birch"], "Anna Lind": ["ANNA LIND", "Anna Lind"]},
        ),
        (
            "Gerhard Müller was angry, and Viktor Selenkiy was glad. Mueller left. Selenky stayed.",
            {"Gerhard Müller": ["Gerhard Müller", "Mueller"], "Viktor Selenkiy": ["Viktor Selenkiy", "Selenky"]},
        ),
        (
            "William Jefferson “Bill” Cotton and Robert “Bob” Hale met. Bill left. Cotton was praised.",
            {
                "William Jefferson “Bill” Cotton": ["William Jefferson “Bill” Cotton", "Bill", "Cotton"],
                "Robert “Bob” Hale": ["Robert “Bob” Hale"],
            },
        ),
        (
            "Bill and Hilary Cotton arrived. Mr Cotton spoke first. Mrs Cotton smiled.",
            {"Bill Cotton": ["Bill", "Cotton"], "Hilary Cotton": ["Hilary Cotton", "Cotton"]},
        ),
        (
            "The Conservatives lost. A peer quit the Conservative Party. The Tory leader wept, and Tories sighed.",
            {"Conservative Party": ["Conservatives", "Conservative Party", "Tory", "Tories"]},
        ),
        (
            "Norland Energy, LLC (NEC) opened a plant. NEC President and CEO Mike Sawyer spoke.",
            {"Norland Energy": ["Norland Energy", "NEC", "NEC"], "Mike Sawyer": ["Mike Sawyer"]},
        ),
        (
            "The Leadership Conference of Women Religious (LCWR) met. The LCWR was praised.",
            {"Leadership Conference of Women Religious": ["Leadership Conference of Women Religious", "LCWR", "LCWR"]},
        ),
        (
            "Federal Reserve officials met. The Fed was blamed, and the Fed raised rates.",
            {"Federal Reserve": ["Federal Reserve", "Fed", "Fed"]},
        ),
        (
            "Russia and Britain met on Monday. (Reporting by Andy Bruce in London and Ann Kerr in Moscow)",
            {"Russia": ["Russia"], "United Kingdom": ["Britain"]},
        ),
        (
            "Kiev attacked the deal. The deal was a slap in the face to Kiev, Ukraine said.",
            {"Ukraine": ["Kiev", "Kiev", "Ukraine"]},
        ),
        ("Good Morning Britain interviewed Anna Lind on Tuesday.", {"Anna Lind": ["Anna Lind"]}),
        (
            "State Sen. Michael Dorn spoke in Trenton. The State of the State speech was dull.",
            {"Michael Dorn": ["Michael Dorn"]},
        ),
        ("Anti-Muslim crimes rose. Pro-Norway slogans were condemned by Ruth Adler.", {"Ruth Adler": ["Ruth Adler"]}),
        ("KARACHI: Imran Kader attacked the party on Monday.", {"Imran Kader": ["Imran Kader"]}),
        (
            "Norway recognised Palestine on Monday. Palestine praised Norway.",
            {"Norway": ["Norway", "Norway"], "Palestine": ["Palestine", "Palestine"]},
        ),
    ],
)
def test_the_forms_of_each_actor(text, expected):
    """Each actor once, under all its forms, and nobody else."""
    assert forms(text) == expected


@pytest.mark.parametrize(
    "text, form, nth, expected",
    [
        (
            "Imran Kader attacked Nawaz Tariq. Nawaz ruined the country, Kader said. He accused Nadira Nawaz of lying.",
            "Nawaz",
            1,
            "Nawaz Tariq",
        ),
        ("Jordan Peters met Chad Wells in Oslo, Norway. Jordan attacked Chad.", "Jordan", 1, "Jordan Peters"),
        (
            "Talks between Norway and Brussels failed after Wallonia said no to the European Union deal.",
            "Brussels",
            0,
            "European Union",
        ),
        ("Tom Birch handed Lind the White House with his lies. Anna Lind won.", "Lind", 0, "Anna Lind"),
    ],
)
def test_whom_a_form_means(text, form, nth, expected):
    """A given name, a country's name as a given name, a capital that is a seat, a name cut out of a longer run."""
    import re

    place = [match.start() for match in re.finditer(rf"\b{form}\b", text)][nth]
    cast = find_actors(parse(read_text(text + "\n")))
    assert next(m.actor.name for m in cast.mentions if m.start <= place < m.end) == expected


def test_an_everyday_word_that_reports_is_an_organisation():
    """A capital "The" inside a sentence, twice, and a verb of publishing; a film of that name is none."""
    text = "Staff at The Lantern wept. The Lantern reported the leak, and The Lantern lost readers.\n"
    assert [actor.name for actor in find_actors(parse(read_text(text))).actors] == ["Lantern"]
    assert len(names._publishers(parse(read_text(text)))) == 3
    assert names._publishers(parse(read_text(text.replace("reported", "showed")))) == {}


def test_kinds():
    """The home nations are countries, a company at the start of a sentence is one, a particle makes no organisation."""
    assert kinds("England beat Wales on Saturday. England were superb, said Scotland captain Ian Kerr.") == {
        "England": "country",
        "Wales": "country",
        "Scotland": "country",
        "Ian Kerr": "person",
    }
    assert kinds("Facebook is the worst firm in the world. Facebook lied.") == {"Facebook": "organisation"}
    assert kinds("Marine Le Pont praised the plan. Le Pont was cheered.") == {"Marine Le Pont": "person"}


def test_a_place_is_found_and_not_scored():
    """A town that the article speaks of is an actor of its own kind, and nobody asks the tone toward it."""
    cast = find_actors(parse(read_text("The port of Rosslare was praised. Rosslare grew. Anna Lind visited Rosslare.\n")))
    places = [m for m in cast.mentions if m.actor.kind == "place"]
    assert {m.actor.name for m in places} == {"Rosslare"}
    assert not any(m.scored for m in places)


@pytest.mark.parametrize(
    "text, form",
    [
        ("A Somali extremist group killed nine people.", "origin"),
        ("A Danish councillor, Lars Holm, was suspended.", "origin"),
        ("American nuns prayed.", "origin"),
        ("Syrian forces bombed the market.", "demonym"),
        ("Russian aggression was condemned.", "demonym"),
        ("The Norwegian prime minister left.", "demonym"),
    ],
)
def test_what_comes_from_a_country_is_no_act_of_it(text, form):
    """An adjective of nationality is an origin, unless its noun is the state's own office, force or action."""
    cast = find_actors(parse(read_text(text + "\n")))
    mention = next(m for m in cast.mentions if m.actor.kind == "country")
    assert mention.form == form
    assert mention.scored is (form == "demonym")


@pytest.mark.parametrize(
    "text, name, expected",
    [
        ("Second-generation leader Kim Dong Il met Anna Lind.", "Kim Dong Il", ("Second-generation leader",)),
        ("Co-host Kate Garland smiled.", "Kate Garland", ("Co-host",)),
        (
            "Former Norland President Vince Fox Slams President Enrique Lara For Meeting Hale\n\nFox criticised Enrique Lara.",
            "Enrique Lara",
            ("President",),
        ),
    ],
)
def test_a_role_is_whole_and_spelled_as_in_the_text(text, name, expected):
    """Hyphens stay, and in a headline of capitals only a title is a role."""
    cast = find_actors(parse(read_text(text + "\n")))
    assert next(actor.facts for actor in cast.actors if actor.name == name) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The virus COVID-19 spread. COVID-19 kills.",
        "The National Emergencies Act was passed.",
        "He starred in the film Black Panther.",
        "The TurkStream pipeline opened.",
        "Households with children suffered.",
        "The George Washington Bridge was closed.",
        "Lion Air Flight 610 crashed.",
    ],
)
def test_things_are_no_organisations(text):
    """Diseases, laws, works, machines, roads and everyday words at the start of a sentence are none."""
    assert "organisation" not in kinds(text).values()
    assert "person" not in kinds(text).values()


@pytest.mark.parametrize(
    "text, expected",
    [
        (
            "Bark Won-soo, the mayor, was found on Friday. Bark Won-soo’s car was there. Bark was 64.",
            {"Bark Won-soo": ["Bark Won-soo", "Bark Won-soo", "Bark"]},
        ),
        (
            "She married Lorenzo “Larry” Di Marco, an agent. Di Marco was kind.",
            {"Lorenzo “Larry” Di Marco": ["Lorenzo “Larry” Di Marco", "Di Marco"]},
        ),
        (
            "Member of Parliament (MP) Yvette Carver said it was wrong. Carver was angry.",
            {"Parliament": ["Parliament"], "Yvette Carver": ["Yvette Carver", "Carver"]},
        ),
        (
            "Former leader Jaroslaw Kalinski spoke. Jarosław Kaliński was cheered.",
            {"Jaroslaw Kalinski": ["Jaroslaw Kalinski", "Jarosław Kaliński"]},
        ),
        (
            "Queen Isabella agreed to the plan. Isabella II, the queen, signed it.",
            {"Isabella II": ["Isabella", "Isabella II"]},
        ),
        ("Mr. Kama Mellis QC said the men were cruel. Mellis was firm.", {"Kama Mellis": ["Kama Mellis", "Mellis"]}),
        (
            "Pedro R. Pierlosi Urruta was sworn in. Pedro Pierlosi spoke.",
            {"Pedro R. Pierlosi Urruta": ["Pedro R. Pierlosi Urruta", "Pedro Pierlosi"]},
        ),
        (
            "President Andrés Manuel López Orador said so, and López Orador left.",
            {"Andrés Manuel López Orador": ["Andrés Manuel López Orador", "López Orador"]},
        ),
        (
            "The attacker, identified as Sudesh Amann, 20, was watched. The vote follows the killing of Qasem Solemani.",
            {"Sudesh Amann": ["Sudesh Amann"], "Qasem Solemani": ["Qasem Solemani"]},
        ),
        (
            "He met whistleblower Edward Snowdon. Whistleblower Edward Snowdon spoke.",
            {"Edward Snowdon": ["Edward Snowdon", "Edward Snowdon"]},
        ),
        (
            "Prime Minister of India Narendra Madi praised him. Madi wept.",
            {"India": ["India"], "Narendra Madi": ["Narendra Madi", "Madi"]},
        ),
        (
            "Theresa May was sad. Anna Lind resigned in protest at May’s Brexit agreement.",
            {"Theresa May": ["Theresa May", "May"], "Anna Lind": ["Anna Lind"]},
        ),
        (
            "Donald J. Crump won. Donald Jr. announced it. Crump left.",
            {"Donald J. Crump": ["Donald J. Crump", "Crump"], "Donald Jr.": ["Donald Jr."]},
        ),
        (
            "David Safar, formerly the General Services Administration's chief of staff, won.",
            {
                "David Safar": ["David Safar"],
                "General Services Administration": ["General Services Administration"],
            },
        ),
        ("Interestingly Lind became a judge. Anna Lind wept.", {"Anna Lind": ["Lind", "Anna Lind"]}),
        ("In July, Newt Ginger left. July was hot.", {"Newt Ginger": ["Newt Ginger"]}),
        (
            "Elizabeth Lauder wrote it. They held a party for Queen Elizabeth II. Lauder left.",
            {"Elizabeth Lauder": ["Elizabeth Lauder", "Lauder"], "Elizabeth II": ["Elizabeth II"]},
        ),
        ("Hugh Lind wrote it. The doctors asked Mrs. Lind to help, and Lind left.", {"Hugh Lind": ["Hugh Lind", "Lind"]}),
        (
            "Valéry Girard d'Estaing died. Girard d'Estaing was president of Norway. Girard was 94.",
            {"Valéry Girard d'Estaing": ["Valéry Girard d'Estaing", "Girard d'Estaing", "Girard"], "Norway": ["Norway"]},
        ),
        (
            "Gáspár Maroth was the minister. Maroth left.",
            {"Gáspár Maroth": ["Gáspár Maroth", "Maroth"]},
        ),
        ("The effort of 32nd Ward Ald. Scott Wagner failed. Wagner wept.", {"Scott Wagner": ["Scott Wagner", "Wagner"]}),
        (
            "President Valéry Girard d'Estaing was kind. Broadcaster Piers Morgan wept.",
            {"Valéry Girard d'Estaing": ["Valéry Girard d'Estaing"], "Piers Morgan": ["Piers Morgan"]},
        ),
        (
            "Senators Ron Wyler of Oregon and Mark Udell of Colorado spoke.",
            {"Ron Wyler": ["Ron Wyler"], "Mark Udell": ["Mark Udell"]},
        ),
    ],
)
def test_persons_as_news_names_them(text, expected):
    """Hyphens, particles, strokes on letters, numbers of rulers, letters behind a name, roles and offices before one."""
    assert forms(text) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        (
            "The Nordic Continental Free Trade Area (NoCFTA) was signed. The NoCFTA will be huge.",
            {"Nordic Continental Free Trade Area": ["Nordic Continental Free Trade Area", "NoCFTA", "NoCFTA"]},
        ),
        (
            "Baltic Gas and Electric Company (BG&E) cut the power. BG&E said it was sorry.",
            {"Baltic Gas and Electric Company": ["Baltic Gas and Electric Company", "BG&E", "BG&E"]},
        ),
        (
            "The Norland Tennis Federation (NFT) published a statement. The NFT said it was sad.",
            {"Norland Tennis Federation": ["Norland Tennis Federation", "NFT", "NFT"]},
        ),
        (
            "Iraqi Parliament members left. The Parliament of Iraq voted on Sunday. Parliament was loud.",
            {"Parliament of Iraq": ["Iraqi Parliament", "Parliament of Iraq", "Parliament"]},
        ),
        (
            "The US Department of Justice sued. The United States Department of Justice won.",
            {"United States Department of Justice": ["US Department of Justice", "United States Department of Justice"]},
        ),
        (
            "The United Nations Secretary-General, Ana Gutero, spoke to the Associated Press news agency.",
            {"United Nations": ["United Nations"], "Ana Gutero": ["Ana Gutero"], "Associated Press": ["Associated Press"]},
        ),
        (
            "Bloomberg ended his campaign. Michael Bloomberg was sad, and Marvel Studios mourned.",
            {"Michael Bloomberg": ["Bloomberg", "Michael Bloomberg"], "Marvel Studios": ["Marvel Studios"]},
        ),
        (
            "The family left on advice from the United States Department of State.",
            {"United States Department of State": ["United States Department of State"]},
        ),
        (
            "The Supreme Court of Puerto Rico ruled on Monday. The Supreme Court was unanimous.",
            {"Supreme Court of Puerto Rico": ["Supreme Court of Puerto Rico", "Supreme Court"]},
        ),
        (
            "Mahan Air of Iran was banned. Mahan said it was sad. Mahan denied it.",
            {"Mahan Air of Iran": ["Mahan Air of Iran", "Mahan", "Mahan"]},
        ),
        (
            "Charlie Wats left Reds Incorporated for The Norland Orchestra. The Norland Orchestra was famous.",
            {
                "Charlie Wats": ["Charlie Wats"],
                "Reds Incorporated": ["Reds Incorporated"],
                "Norland Orchestra": ["Norland Orchestra", "Norland Orchestra"],
            },
        ),
        (
            "The Norland People's Party, or NPN, won. The youth wing, Junge NPN, cheered. The NPN was glad.",
            {"Norland People's Party": ["Norland People's Party", "NPN", "NPN", "NPN"]},
        ),
        ("The taxes were hidden by Mazors USA. Mazors wept.", {"Mazors USA": ["Mazors USA", "Mazors"]}),
        (
            "According to Politico, Democratic Party insiders wept.",
            {"Politico": ["Politico"], "Democratic Party": ["Democratic Party"]},
        ),
        (
            "The Public Advocates PAC gave money. A super PAC gave more.",
            {"Public Advocates PAC": ["Public Advocates PAC"]},
        ),
        (
            "The Tom and Ada Lind Foundation paid. The National Union of Rail, Maritime and Transport Workers struck.",
            {
                "Tom and Ada Lind Foundation": ["Tom and Ada Lind Foundation"],
                "National Union of Rail, Maritime and Transport Workers": [
                    "National Union of Rail, Maritime and Transport Workers"
                ],
            },
        ),
        (
            "The Hale White House lied. Tom Hale wept, and the White House denied it. The United States left.",
            {
                "Tom Hale": ["Hale", "Tom Hale"],
                "White House": ["White House", "White House"],
                "United States": ["United States"],
            },
        ),
        (
            "Sam Wilton of C-MORE said the bloom was large. Wilton of C-MORE said it was rare.",
            {"Sam Wilton": ["Sam Wilton", "Wilton"], "C-MORE": ["C-MORE", "C-MORE"]},
        ),
    ],
)
def test_organisations_as_news_names_them(text, expected):
    """Acronyms of mixed letters, a state before or behind its body, a company's first word, names that the tagger joins."""
    assert forms(text) == expected


def test_a_small_party_behind_a_name_is_left_out():
    """ "Sustainable Norland" and "the Sustainable Norland party" are one."""
    assert ("sustainable norland", "spelling") in linking._organisation_keys("Sustainable Norland party")


def test_a_name_may_begin_behind_a_comma_with_and():
    """An ampersand that opens what the pipeline took for a name joins nothing."""
    assert "Ann Mills" in forms("His wife Margaret (Whittle), daughter of James Whittle, a coachman, & Ann Mills, wept.")


def test_kinds_in_news():
    """A country is no person, a platform no person, a capital no country where a person bears its name, an artery no actor."""
    assert kinds("Malawi confirmed its first three cases on Thursday. Malawi’s president spoke.") == {"Malawi": "country"}
    assert kinds("Ali Larjani wrote on Instagram that the plan was good.")["Instagram"] == "organisation"
    assert kinds("Sudesh Amman, 20, was jailed. Amman had scrawled his goals.") == {"Sudesh Amman": "person"}
    assert kinds("Staff of the Casa Lupo restaurant wept. Casa Lupo closed.") == {"Casa Lupo": "organisation"}
    assert (
        kinds("Tynice Nichole Hall was convicted of fraud in 2006. Google Drive was lost.")["Tynice Nichole Hall"] == "person"
    )
    assert (
        kinds("Since the United States Postal Service does not cover it, Lind left.")["United States Postal Service"]
        == "organisation"
    )
    assert kinds("Tom Ash, a former agent and Marine, met former City Councilman Domenic Hale.") == {
        "Tom Ash": "person",
        "Domenic Hale": "person",
    }
    assert "United States" not in kinds("The Democratic African-American Women Caucus met.")
    assert kinds("The firm was called Granny Sayz, L.L.C., and it failed. Granny Sayz wept.") == {"Granny Sayz": "organisation"}
    assert kinds("They sued Wal-Town Stores Inc., the largest employer. Wal-Town wept.") == {
        "Wal-Town Stores Inc.": "organisation"
    }
    assert kinds("Voters feared for Social Security.") == {}
    assert kinds("Guardrails separate the lanes. Lava flowed into the sea. Measles has killed fifty.") == {}


def test_bodies_of_two_states_stay_two():
    """The Syrian Army is not the United States Army, and an assembly behind a general is no person."""
    assert set(forms("The Syrian Army won. The United States Army lost.")) == {"Syrian Army", "United States Army"}
    assert kinds("Hatice Cengiz spoke at the UN General Assembly. The General Assembly was moved.") == {
        "Hatice Cengiz": "person",
        "UN General Assembly": "organisation",
    }


def test_two_bodies_of_the_same_initials_stay_two():
    """ "USC" may be short for either; the one is not the other."""
    found = forms("The United Steel Council met. The Union of Smiths Council wept.")
    assert set(found) == {"United Steel Council", "Union of Smiths Council"}


@pytest.mark.parametrize(
    "text, actor, roles",
    [
        ("The Public Works Department closed the road. The fire department was there too.", "Public Works Department", 0),
        ("The Coast Guard searched the bay. The army found nobody.", "Coast Guard", 0),
        ("The Green Party lost. The Labour Party’s leader will not seek the party’s seat.", "Labour Party", 1),
        ("The Wind Party was founded. The ruling party won again.", "Wind Party", 1),
    ],
)
def test_descriptions_of_bodies(text, actor, roles):
    """Another department, another force; the party of the same sentence; words before the noun that say little."""
    cast = find_actors(parse(read_text(text + "\n")))
    assert sum(m.form == "role" for m in cast.mentions if m.actor.name == actor) == roles


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Elsa Blackburn studied. With her sister, Emily Blackburn, Blackburn founded a school.", "Elsa Blackburn"),
        ("Arthur Hibbard was born in Lund, the son of Canon Tom Hibbard. They called Hibbard a saint.", "Arthur Hibbard"),
    ],
)
def test_a_bare_surname_is_no_relatives(text, expected):
    """Who is introduced as a sister or a father is not called by the bare surname."""
    surname = expected.split()[1]
    cast = find_actors(parse(read_text(text + "\n")), pronouns=False)
    bare = [m.actor.name for m in cast.mentions if cast.parse.text_of(m) == surname]
    assert bare == [expected]


@pytest.mark.parametrize(
    "text, countries",
    [
        ("Anna Lind will speak at Georgetown University. Georgetown’s institute invited her, and Georgetown is glad.", []),
        ("Anna Lind will speak about Moscow University. Russia waits, and Moscow is glad.", ["Russia", "Russia"]),
    ],
)
def test_a_school_is_called_by_its_place(text, countries):
    """A capital that a school here is named after is that school, unless its country is named."""
    cast = find_actors(parse(read_text(text + "\n")))
    assert [m.actor.name for m in cast.mentions if m.actor.kind == "country"] == countries
