"""Words of folders, types and tags that mark a note as a person's, or as something else. Looks at no note."""

from __future__ import annotations

from functools import lru_cache

from netnotes.extract.people.names import folded
from netnotes.extract.people.note_names import without_id
from netnotes.regex import regex
from netnotes.text.lexicon.words import listed

_STRIPPED = regex(r"^[\W\d_]+|(?:\s(?=[0-9a-f]*\d)[0-9a-f]{4,})?[\W_]*$")
"""Numbers, signs and pictures around the name of a folder, and an id after it."""
_PEOPLE_SIGNS = frozenset("👤👥🧑👫🫂")
"""Pictures that may be the whole name of a folder of people."""
_DATABASE = frozenset(("db", "database", "datenbank"))
CONTACT_KEYS = frozenset(
    "phone mobile cell telephone tel email emails mail birthday bday born dob position jobtitle role department"
    " relationship relation lastcontact lastcontacted lastmet howwemet met metat nickname linkedin closeness cadence"
    " telefon telefono geburtstag cumpleanos anniversaire телефон".split()
)
"""Properties of notes about people, as spelled by `fold_key`."""

WORK_KEYS = CONTACT_KEYS | frozenset(
    "company employer organisation organization org job occupation profession works firma arbeitgeber beruf rolle"
    " entreprise societe poste metier profession empresa cargo puesto profesion profissao funcao azienda ruolo"
    " professione bedrijf werkgever functie beroep foretag arbetsgivare roll yrke stanowisko pracodawca zawod"
    " компания должность работа профессия 会社 役職 職業 公司 职位 职业".split()
)
"""Those and properties about somebody's work: two are enough below a full name that is likely a person's."""


def words_of_list(text: str) -> frozenset[str]:
    """Return the folded words of a text, separated by `|`."""
    return frozenset(folded(word) for word in text.split("|"))


PERSON_WORDS = words_of_list(
    "person|persons|people|ppl|peeps|contact|contacts|human|humans|individual|personen|kontakt|kontakte|mensch|menschen|leute"
    "|personne|personnes|gens|persona|personas|gente|contacto|contactos|pessoa|pessoas|contato|contatos|persone"
    "|contatto|contatti|persoon|mensen|contacten|contactpersoon|osoba|osoby|ludzie|kontakty|personer|kontakter|människor"
    "|manniskor|mennesker|человек|люди|персона|персоны|контакт|контакты|人|人物|人们|联系人|聯絡人|連絡先|人脈|人脉|人員|👤|👥|🧑"
)
"""Values, tags and folders that mark a person on their own."""
CLIENT_WORDS = words_of_list(
    "client|clients|customer|customers|kunde|kunden|kundin|klient|klienci|klientka|cliente|clientes|clienti|klanten|kund|kunder"
    "|клиент|клиенты|客户|客戶|顧客"
)
"""Folders and values that companies have too: they mark a note only if its name is likely a person's."""
RELATION_WORDS = (
    words_of_list(
        "friend|friends|family|relative|relatives|colleague|colleagues|coworker|coworkers|co-workers|team|teammate|teammates"
        "|team member|team members|my team|crm|personal crm|prm|network|networking|relationships|acquaintances"
        "|neighbors|neighbours|connections|direct reports|reports|1-1s|one-on-ones|mentor|mentors|freunde|familie"
        "|kollegen|kolleginnen|bekannte|amis|famille|collègues|amigos|familia|colegas|compañeros|equipo|amici|famiglia"
        "|colleghi|vrienden|collega's|collegas|przyjaciele|rodzina|znajomi|współpracownicy|vänner|familj|kollegor|venner"
        "|athletes|athlete|player|student|pupil|mentee|mentees|trainee|trainees|coachees|staff|employees|bandmates|housemates"
        "|zawodnicy|zawodnik|zawodniczka|podopieczni|sportler|schützlinge|mitarbeiter"
        "|athlètes|stagiaires|atletas|atleti|allievi|sporters|personeel|adepter|deltagare"
        "|спортсмены|подопечные|学生|學生|选手|選手|生徒|部下"
        "|players|students|pupils|spieler|schüler|nachbarn|joueurs|élèves|voisins|jugadores|alumnos|vecinos|jogadores|alunos"
        "|vizinhos|giocatori|alunni|vicini|spelers|leerlingen|buren|spelare|elever|grannar|gracze|uczniowie|sąsiedzi"
        "|folks|rolodex|stakeholders|members|faculty|researchers|classmates|roommates|profiles|profile|bios|bio"
        "|people notes|people note|person note|address book|adressbuch|business contacts|contactos profesionales"
        "|игроки|ученики|соседи|друзья|семья|родные|коллеги|команда|знакомые|сотрудники|朋友|家人|同事|同僚|友人|家族"
    )
    | CLIENT_WORDS
)
"""Folders and values that mark a note only if it has a person's name."""
OTHER_KINDS = words_of_list(
    "company|companies|account|accounts|deal|deals|opportunity|opportunities|vendor|vendors|supplier|suppliers"
    "|organisation|organization|organizations|organisations|org|business|firm|department|team|group"
    "|circle|table|place|places|location|city|project|projects|task|tasks|todo|meeting|meetings|1:1|1-1|one-on-one|event"
    "|events|call|calls|conversation|appointment|moc|index|map of content|map|hub|dashboard|book|books|article|articles"
    "|paper|movie|film|podcast|podcast episode|podcast episodes|episode|clipping|clippings|quote|recipe|template"
    "|templates|daily|daily note|daily-note|journal|weekly|weekly note|area|concept"
    "|idea|permanent|literature|essay|post|course|lecture|product|software|app|animal|pet|cat|dog|birthday"
    "|anniversary|schema|query|base|firma|unternehmen|projekt|besprechung|termin|buch|ort|entreprise"
    "|société|projet|réunion|livre|lieu|empresa|proyecto|reunión|libro|lugar|projeto|reunião|livro|azienda|progetto"
    "|riunione|bedrijf|vergadering|boek|firma|spotkanie|książka|företag|möte|bok|компания|проект|встреча|книга|公司|项目|会议|书"
)
"""Types of notes that are not people, whatever their folder or tags."""
MEETING_KINDS = words_of_list(
    "meeting|meetings|1:1|1-1|1-1s|1on1|1on1s|one-on-one|one-on-ones|call|calls|conversation|conversations|appointment"
    "|appointments|encounter|encounters|interaction|interactions|meeting note|meeting notes|meeting-note|meetingnotes"
    "|minutes|sync|standup|besprechung|besprechungen|termin|termine|gespräch|gespräche|protokoll|protokolle|réunion"
    "|réunions|rendez-vous|reunión|reuniones|reunião|reuniões|riunione|riunioni|vergadering|spotkanie|spotkania|möte"
    "|möten|встреча|встречи|созвон|созвоны|会议|會議|会議|ミーティング"
)
"""Types of notes about one occasion, and folders of such notes."""


@lru_cache(maxsize=1)
def words_of_others() -> frozenset[str]:
    """Return the folded words of folders and tags that rule out a person: `books`, `characters`; not `team`."""
    return (OTHER_KINDS | listed("fictional") | listed("not a person")) - RELATION_WORDS


@lru_cache(maxsize=10_000)
def bare_folder(name: str) -> str:
    """Return a folder's name folded, without the numbers, signs and pictures around it: `03 👥 People` is `people`."""
    name = without_id(name)
    whole = folded(name)
    if whole in RELATION_WORDS or whole in MEETING_KINDS:
        return whole
    if not _STRIPPED.sub("", name) and not _PEOPLE_SIGNS.isdisjoint(name):
        return "people"
    bare, _, last = (stripped := folded(_STRIPPED.sub("", name))).rpartition(" ")
    return bare if last in _DATABASE else stripped
