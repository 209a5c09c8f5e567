"""Which notes are about a person: by property, tag, folder or file name, in ten languages. Resolves no names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from netnotes.config import People
from netnotes.extract.people.names import ATTACHMENT, folded, stem, without_brackets
from netnotes.extract.people.note_names import (
    COLLECTIVE,
    NAME_LIKE,
    dotted,
    id_of,
    is_slug,
    looks_like_name,
    title_of,
    without_id,
)
from netnotes.model import Note
from netnotes.reserved import fold_key
from netnotes.text import person_signs
from netnotes.text.lexicon.words import contact_words, listed
from netnotes.text.names_in_lines import PARTICLES

KIND_KEYS = frozenset(
    "type kind category categories class fileclass notetype doctype collection entity logseqentity types classes tipo"
    " categoria typ kategorie art categorie soort rodzaj kategoria kategori тип категория 类型 類型 种类".split()
)
"""Properties that give a note's type, as spelled by `fold_key`."""


def _words(text: str) -> frozenset[str]:
    return frozenset(folded(word) for word in text.split("|"))


PERSON_WORDS = _words(
    "person|persons|people|ppl|peeps|contact|contacts|human|humans|individual|personen|kontakt|kontakte|mensch|menschen|leute"
    "|personne|personnes|gens|persona|personas|gente|contacto|contactos|pessoa|pessoas|contato|contatos|persone"
    "|contatto|contatti|persoon|mensen|contacten|contactpersoon|osoba|osoby|ludzie|kontakty|personer|kontakter|människor"
    "|manniskor|mennesker|человек|люди|персона|персоны|контакт|контакты|人|人物|人们|联系人|聯絡人|連絡先|人脈"
)
"""Values, tags and folders that mark a person on their own."""
_RELATION_WORDS = _words(
    "friend|friends|family|relative|relatives|colleague|colleagues|coworker|coworkers|co-workers|team|teammate|teammates"
    "|team member|team members|my team|crm|personal crm|prm|network|networking|relationships|acquaintances|neighbors"
    "|neighbours|connections|direct reports|reports|1-1s|one-on-ones|client|clients|mentor|mentors|freunde|familie"
    "|kollegen|kolleginnen|bekannte|amis|famille|collègues|amigos|familia|colegas|compañeros|equipo|amici|famiglia"
    "|colleghi|vrienden|collega's|collegas|przyjaciele|rodzina|znajomi|współpracownicy|vänner|familj|kollegor|venner"
    "|players|students|pupils|spieler|schüler|nachbarn|joueurs|élèves|voisins|jugadores|alumnos|vecinos|jogadores|alunos"
    "|vizinhos|giocatori|alunni|vicini|spelers|leerlingen|buren|spelare|elever|grannar|gracze|uczniowie|sąsiedzi"
    "|игроки|ученики|соседи|друзья|семья|родные|коллеги|команда|знакомые|сотрудники|朋友|家人|同事|同僚|友人|家族"
)
"""Folders and values that mark a note only if it has a person's name."""
OTHER_KINDS = _words(
    "company|companies|organisation|organization|organizations|organisations|org|business|firm|department|team|group"
    "|circle|table|place|places|location|city|project|projects|task|tasks|todo|meeting|meetings|1:1|1-1|one-on-one|event"
    "|events|call|calls|conversation|appointment|moc|index|map of content|map|hub|dashboard|book|books|article|articles"
    "|paper|movie|film|podcast|podcast episode|podcast episodes|episode|clipping|clippings|quote|recipe|template"
    "|templates|daily|daily note|daily-note|journal|weekly|weekly note|area|concept"
    "|idea|permanent|literature|essay|post|course|lecture|product|software|app|animal|pet|cat|dog|birthday"
    "|anniversary|schema|query|base|firma|unternehmen|projekt|besprechung|termin|buch|ort|entreprise"
    "|société|projet|réunion|livre|lieu|empresa|proyecto|reunión|libro|lugar|projeto|reunião|livro|azienda|progetto"
    "|riunione|bedrijf|vergadering|boek|firma|spotkanie|książka|företag|möte|bok|компания|проект|встреча|книга|公司|项目|会议|书"
)
"""Other types of notes: then neither folder nor tag makes it a person's."""
MEETING_KINDS = _words(
    "meeting|meetings|1:1|1-1|1-1s|1on1|1on1s|one-on-one|one-on-ones|call|calls|conversation|conversations|appointment"
    "|appointments|encounter|encounters|interaction|interactions|meeting note|meeting notes|meeting-note|meetingnotes"
    "|minutes|sync|standup|besprechung|besprechungen|termin|termine|gespräch|gespräche|protokoll|protokolle|réunion"
    "|réunions|rendez-vous|reunión|reuniones|reunião|reuniões|riunione|riunioni|vergadering|spotkanie|spotkania|möte"
    "|möten|встреча|встречи|созвон|созвоны|会议|會議|会議|ミーティング"
)
"""Types of notes about one occasion, and folders of such notes."""
_NAMELESS = (
    _words(
        "readme|index|_index|home|start|overview|dashboard|moc|contents|table of contents|claude|agents|agent|license"
        "|gemini|changelog|contributing|todo|inbox|untitled|template|new person|new contact|unbenannt|sans titre|crm"
        "|sin título|all people|all contacts|übersicht|index of people|index of contacts|people index|people moc"
    )
    | PERSON_WORDS
    | _RELATION_WORDS
)
"""File names of notes about a folder, not about a person."""
_TOPIC_LEADS = frozenset(
    "how what why when where who whom whose which notes about on the our list ideas wie was warum wer uber".split()
)
"""First words of titles of several words that are about a topic: `How to hire`, `On friendship`."""
_TOPIC_LEADS_BEFORE_LOWER_CASE = frozenset(
    "comment pourquoi quand como por sobre porque come perche su hoe waarom over hur varfor om jak dlaczego o как"
    " почему о 如何 为什么".split()
)
"""The same in languages that do not capitalise titles: `Om vänskap` is a topic, `Om Prakash` is a person."""
_DATED = re.compile(
    r"^\d{4}[-_. ]?(?:\d{2}[-_. ]?\d{2}|w\d{1,2}|q[1-4])(?!\d)|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)"
    r"|^\d{1,2}[._-]\d{1,2}[._-]\d{2,4}(?!\d)|^\d{4}$",
    re.IGNORECASE,
)
_CONTACT_KEYS = frozenset(
    "phone mobile cell telephone tel email emails mail birthday bday born dob position jobtitle role department"
    " relationship relation lastcontact lastcontacted lastmet howwemet met metat nickname linkedin closeness cadence"
    " telefon telefono geburtstag cumpleanos anniversaire телефон".split()
)
_OTHER_FOLDERS = OTHER_KINDS | listed("fictional") | listed("not a person")
_STRONG = frozenset((person_signs.WHO, person_signs.BIRTHDAY))
_WEAK = (person_signs.RELATIVE, person_signs.TELEPHONE)
"""Signs in a note's first lines: one strong one tells of a person, of the weak ones it takes two."""
_FEW_WORDS = 4
_CARD_KEYS = frozenset(("n.fn", "n.gn", "fn", "n.familyname"))
"""Properties of notes made by address book plugins."""
_STRIPPED = re.compile(r"^[\W\d_]+|[\W_]+$")
_AND = re.compile(r"\s*[&+,]\s*|\s+(?:and|und|et|y|e|en|och|i|и)\s+")
_ASIDE = re.compile(r"[(（\[]([^\W\d_]+)[)）\]]")
_OWNERS = frozenset("i we ive weve in at from met".split())
_OURS = frozenset(
    "my our real work personal private key important meine unsere mes nos mis nuestros miei mijn mina moi мои".split()
)
"""Words before or after a word for people in the name of a folder."""
_KEYWORDS = ("keywords", "keyword")
"""Properties that hold tags where the app is Zettlr, and anything in an article."""


def is_person(note: Note, rules: People, *, passed_over: bool = False) -> bool:
    """Return whether a note is about a person.

    `passed_over`: its folder does not mark the note, since it lies beside the note of the folder's person.
    """
    return mark_of(note, rules, passed_over=passed_over) is not None


def mark_of(note: Note, rules: People, *, passed_over: bool = False) -> str | None:
    """Return what marks a note as a person's: `type`, `tag`, `folder`, `name`, `properties`, `text`; None: nothing."""
    if note.set_aside:
        return None
    kinds = frozenset(kinds_of(note))
    wanted = PERSON_WORDS | frozenset(map(folded, rules.types))
    declared = not kinds.isdisjoint(wanted) or note.properties.get("me") is True
    if declared:
        return "type"
    if kinds & OTHER_KINDS or _is_nameless(note):
        return None
    tagged = any(_marks_person(tag, rules) for tag in _tags(note))
    if is_dated_name(note.path) and not (tagged and _has_id_before_name(note)):
        return None
    if tagged:
        return "tag"
    return _unsaid_mark(note, kinds, rules, passed_over=passed_over)


def _unsaid_mark(note: Note, kinds: frozenset[str], rules: People, *, passed_over: bool) -> str | None:
    """Return the mark of a note without a type or tag: its place, its name or its content."""
    name = stem(note.path)
    if name.startswith("@") and NAME_LIKE.match(name[1:]):
        # A note such as `@dale2021` is about a paper.
        return "name"
    like_name = looks_like_name(title_of(note))
    full = like_name and " " in title_of(note)
    if full and any(_marks_person(word, rules) for word in _keywords(note)):
        return "tag"
    marks = not passed_over and _folder_marks(note.path, rules, like_name=like_name, full_name=full)
    if marks and (not kinds or like_name):
        return "folder"
    if kinds & _RELATION_WORDS and like_name:
        return "type"
    keys = set(map(fold_key, note.properties))
    if not keys.isdisjoint(_CARD_KEYS):
        return "properties"
    if not kinds and full and len(keys & _CONTACT_KEYS) > 2:
        return "properties"
    return "text" if not kinds and not passed_over and _tells_of_person(note, full=full) else None


def _tells_of_person(note: Note, *, full: bool) -> bool:
    """Return whether a note's name, tags and first lines together tell of a person.

    One strong sign is enough, or two weak ones: a name of several words is a weak one.
    """
    title = title_of(note)
    if not _is_written_as_name(title, note) or person_signs.PUBLIC in note.signs:
        return False
    if any(bare_folder(folder) in _OTHER_FOLDERS for folder in note.path.split("/")[:-1]):
        return False
    if _is_named_as_kin(title) or not _STRONG.isdisjoint(note.signs):
        return True
    tagged = any(folded(part) in _RELATION_WORDS for tag in _tags(note) for part in tag.split("/"))
    keyed = not _CONTACT_KEYS.isdisjoint(map(fold_key, (*note.properties, *note.fields)))
    weak = [full and _is_capitalised(title), tagged, keyed, *(sign in note.signs for sign in _WEAK)]
    return sum(weak) > 1 or (any(weak[1:]) and person_signs.LOG in note.signs)


def _is_written_as_name(title: str, note: Note) -> bool:
    return looks_like_name(title) and (title[0].isupper() or not title[0].islower() or is_slug(stem(note.path)))


def _is_capitalised(title: str) -> bool:
    return all(word[:1].isupper() for word in title.split() if word not in PARTICLES)


def _is_named_as_kin(title: str) -> bool:
    """Return whether a name is a word of kinship, or begins with one or with a title: `Oma`, `Prof. Halloran`."""
    first, *rest = (word.strip(".") for word in folded(title).replace("-", " ").split())
    if not rest:
        return first in listed("kin as a name")
    named = title.replace("-", " ").split()[-1][:1].isupper()
    return len(rest) < _FEW_WORDS and named and first in listed("kin as a name") | listed("title before a name")


def kinds_of(note: Note) -> Iterator[str]:
    """Yield, folded, every type of a note; of `Entity/Person` also the last part."""
    for key, value in (*note.properties.items(), *note.fields.items()):
        if fold_key(key) not in KIND_KEYS:
            continue
        for item in _flat(value):
            for part in item.split(","):
                text = folded(without_brackets(part).lstrip("#"))
                if text:
                    yield text
                    if "/" in text:
                        yield from (text.rpartition("/")[2], text.partition("/")[0])


def says_other_kind(note: Note) -> bool:
    """Return whether a note has another type than a person, in `type` and the like."""
    return any(kind not in PERSON_WORDS and kind not in _RELATION_WORDS for kind in kinds_of(note))


def _flat(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _flat(item)


def _tags(note: Note) -> Iterator[str]:
    yield from note.marks
    if tags := note.fields.get("tags"):
        parted = tags.replace("]] [[", "]],[[").replace(" #", ",#")
        yield from (without_brackets(tag).lstrip("#").lower() for tag in parted.split(","))


def _keywords(note: Note) -> Iterator[str]:
    for key in _KEYWORDS:
        for value in _flat(note.properties.get(key)):
            yield from (word.strip().lstrip("#").lower() for word in value.split(","))


def _has_id_before_name(note: Note) -> bool:
    """Return whether a number that looks like a day is a note's id: `20260105 Ada Pell`, and no word of a meeting."""
    title = without_id(stem(note.path))
    words = folded(title).split()
    return (
        id_of(note.path) is not None
        and len(words) > 1
        and looks_like_name(title)
        and all(word[:1].isupper() for word in title.split() if word not in PARTICLES)
        and contact_words().isdisjoint(words)
        and MEETING_KINDS.isdisjoint(words)
    )


@lru_cache(maxsize=10_000)
def _marks_person(tag: str, rules: People) -> bool:
    """Return whether a tag marks a person: `person`, `people/friend`, `type/person`."""
    parts = [folded(part) for part in tag.split("/")]
    wanted = PERSON_WORDS | frozenset(map(folded, rules.tags))
    return folded(tag) in wanted or parts[0] in wanted or parts[-1] in wanted


def _folder_marks(path: str, rules: People, *, like_name: bool, full_name: bool) -> bool:
    """Return whether a note's folder marks it; a weak folder such as Team marks only notes named like a person.

    `full_name`: its title looks like a name of several words.
    """
    folders = path.split("/")[:-1]
    within = "/".join(folders).casefold() + "/"
    if any("/" in folder and within.startswith(folder.strip("/").casefold() + "/") for folder in rules.folders):
        return True
    levels = dotted(stem(path))
    parts = stem(path).split("___")[:-1] or levels
    if len(levels) > 1 and levels[-1] not in PERSON_WORDS | _RELATION_WORDS and not full_name:
        # In `people.friends.ada` the last folder marks it; `people.groups.choir` is not a person.
        return False
    named = [bare_folder(folder) for folder in (*folders, *parts)]
    wanted = frozenset(map(folded, rules.folders))
    for name in reversed(named):
        if name in PERSON_WORDS or name in wanted:
            return True
        if name in OTHER_KINDS and name not in _RELATION_WORDS:
            # `CRM/Companies/…` is not a person.
            return False
    return like_name and any(name in _RELATION_WORDS or name in listed("kin") or _is_of_people(name) for name in named)


@lru_cache(maxsize=10_000)
def _is_of_people(name: str) -> bool:
    """Return whether a folder's folded name means people in several words: `friends and family`."""
    parts = _AND.split(name)
    if len(parts) > 1 and all(part in PERSON_WORDS or part in _RELATION_WORDS for part in parts):
        return True
    words = name.split()
    if len(words) < 2:
        return False
    return (words[0] in PERSON_WORDS and words[1] in _OWNERS) or (
        words[0] in _OURS and words[-1] in PERSON_WORDS | _RELATION_WORDS
    )


@lru_cache(maxsize=10_000)
def bare_folder(name: str) -> str:
    """Return a folder's name folded, without the numbers, signs and pictures around it: `03 👥 People` is `people`."""
    name = without_id(name)
    whole = folded(name)
    return whole if whole in _RELATION_WORDS or whole in MEETING_KINDS else folded(_STRIPPED.sub("", name))


def is_dated_name(path: str) -> bool:
    """Return whether a file name holds a date or a week."""
    return _DATED.search(stem(path)) is not None


def _is_nameless(note: Note) -> bool:
    """Return whether a note is about its folder or about many people."""
    name = without_id(stem(note.path))
    if dotted(name):
        name = name.rpartition(".")[2]
    words = folded(_ASIDE.sub(r"\1", name)).split()
    if folded(name) in _NAMELESS or name.startswith("_") or not words or ATTACHMENT.search(stem(note.path)):
        return True
    if len(words) > 1 and (words[0] in _TOPIC_LEADS or _is_lower_case_topic(title_of(note), words[0])):
        return True
    folder = note.path.rpartition("/")[0].rpartition("/")[2]
    if folder and folded(folder) == folded(name):
        return len(words) == 1
    return words[-1] in COLLECTIVE or words[0] in {"index", "list"}


def _is_lower_case_topic(title: str, lead: str) -> bool:
    """Return whether `lead` begins topics in its language, and the title goes on in lower case."""
    return lead in _TOPIC_LEADS_BEFORE_LOWER_CASE and not title[len(lead) :].lstrip(" -_")[:1].isupper()


def person_folders(notes: Iterable[Note], rules: People) -> frozenset[str]:
    """Return the folders that belong to one person: they contain a person's note with their own name."""
    found = set()
    for note in notes:
        folder, _, name = note.path.rpartition("/")
        own = folder and folder.rpartition("/")[2].casefold() == name.removesuffix(".md").casefold()
        if own and is_person(note, rules):
            found.add(folder + "/")
    return frozenset(found)
