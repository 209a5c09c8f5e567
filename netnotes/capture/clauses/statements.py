"""Sentences that only say something about people, without contact: `Grace is on holiday`, `Ben has a new job`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from netnotes.capture.names.book import NameMatch
from netnotes.capture.word_kinds import is_contact_word
from netnotes.regex import regex
from netnotes.text.lexicon.typing_mistakes import contact_respelled
from netnotes.text.lexicon.words import CHANNELS, LANGUAGES, WIDE_LANGUAGES, Word, fold, listed, tokens_of

_CONTACT = (*CHANNELS, "took place", "reached by me", "reached by them", "started by them")
"""Lists of words that tell of contact."""
_SHORT = 2
"""Letters of words that mean something in too many languages."""
_LEAD = regex(
    r"(?:(?:i |we )?(?:just |have )?(?:heard|learned|learnt|found out|read|saw)(?: that)?|apparently"
    r"|turns out(?: that)?|it seems(?: that)?|(?:i |we )?hope(?: that)?"
    r"|so|fyi|news|note|(?:habe )?(?:gehört|erfahren|gelesen),? dass|anscheinend"
    r"|j['’]ai appris que|apparemment|(?:he )?(?:oído|sabido) que|ho saputo che|(?:fiquei a saber|soube) que"
    r"|gehoord dat|blijkbaar|hörde att|tydligen|(?:słyszał[ea]m|podobno),?(?: że)?|(?:слышала?|узнала?|говорят),? что"
    r"|hoffentlich|j['’]espère qu(?:e\s|['’])|espero que|spero che|hoop dat|hoppas att|mam nadzieję,? że"
    r"|надеюсь,? что"
    r"|听说|聽說)[:,]?\s*|(?:der|die|la|le|el|il|o|a|de)\s",
    re.IGNORECASE,
)
"""What may be before the person of whom something is said: `heard that`; and articles."""
_FIRST_WORDS = frozenset(
    "i we just have heard learned learnt found read saw apparently turns it hope so fyi news note habe anscheinend"
    " hoffentlich j apparemment he espero ho spero fiquei soube gehoord hoop blijkbaar hoppas tydligen mam podobno"
    " der die la le el il o a de".split()
)
_AND = regex(r"\s*(?:[,&+、和跟与與と]|(?:and|und|et|y|e|en|och|i|и)(?=\s))\s*")
_ADVERBS = (
    "just|now|still|also|already|finally|really|recently|jetzt|gerade|schon|noch|auch|vient d['’]|ya|ahora|acaba de"
    "|ora|adesso|già|agora|já|nu|net|al|precis|redan|teraz|już|właśnie|сейчас|теперь|уже|только что|недавно"
)
_STATES = {
    "en": r"is|isn['’]?t|are|aren['’]?t|was(?! (?:at|in|there|with)(?!\w))|were(?! (?:at|in|there|with)(?!\w))|has"
    r"|hasn['’]?t|have|had|gets|got|became|becomes|works?|worked|lives?|moved|likes?|loves?|hates?|wants|needs"
    r"|turns?|turned|started(?! it)|starts|quit|bought|sold|broke|lost|passed|graduated|retired|died|found|owns"
    r"|studies|seems|looks|married|divorced|went|left|flew|feels|sounds"
    r"|on (?:hols?|holidays?|vacation|leave|maternity leave)|away|off (?:sick|work)|ill|sick|poorly|pregnant"
    r"|in hospital"
    r"|abroad",
    "de": r"ist|sind|war(?:en)?(?! (?:im|in|am|bei|beim|auf|zum)(?!\w))|hat|haben|hatten?|wird|werden|wurden?"
    r"|zieht|ziehen|zog|arbeitet|wohnt|lebt|bekommt|bekam|kriegt|mag|liebt|studiert|heiratet|heirateten?"
    r"|sucht|ging|fährt"
    r"|fliegt|kündigt|wechselt|fängt|macht|sieht|im urlaub|auf kur|krank|schwanger|verreist",
    "fr": r"est|sont|était|a(?: eu)?|ont(?: eu)?|avait|va|vit|habite|travaille|aime|attend(?:ent)?|déménage"
    r"|s['’]est|se sont"
    r"|devient|cherche|part|change|commence|quitte|en vacances|en congé|malade|enceinte",
    "es": r"está|están|estaba|es|era|tiene|tenía|tuvo|vive|trabaja|se|ha|va a|cumple|cumplió|espera|compró|vendió"
    r"|perdió|fue|dejó|cambió|empezó|consiguió|anda|sigue|parece"
    r"|lleva|de vacaciones|enferm[oa]|embarazada|de baja",
    "it": r"è|sono|era|ha|hanno|aveva|lavora|vive|abita|aspetta|si|compie|ama|cerca|diventa|cambia|compra"
    r"|parte|sta|stanno|in vacanza|in ferie|malat[oa]"
    r"|incinta",
    "pt": r"está|estão|estava|é|era|tem|tinha|teve|vive|mora|trabalha|vai|casou|mudou|mudou-se|faz|comprou|vendeu"
    r"|perdeu|ficou|foi|deixou|começou|conseguiu|viajou|anda|segue|de férias|doente|grávida",
    "nl": r"is|zijn|was(?! (?:in|op|bij)(?!\w))|heeft|hebben|had|woont|werkt|verhuist|wordt|werd|kreeg|krijgt"
    r"|zoekt|houdt|ging|vertrok|verhuisde|trouwde|kocht|ligt|op vakantie|ziek|zwanger",
    "sv": r"är|var(?! (?:på|i|hos|med)(?!\w))|har|hade|bor|jobbar|blev|blir|fick|får|väntar|flyttar|flyttade|gifte"
    r"|köpte|sålde|åkte|reste|slutade|började|mår|ligger|på semester|sjuk|gravid",
    "pl": r"jest|są|był[ao]?|ma|mają|miał[ao]?|mieszka|pracuje|wyszła|ożenił|spodziewa|kupił[ao]?|zmienił[ao]?"
    r"|został[ao]?|przeprowadził[ao]?|urodziła|wzięli|wyjechał[ao]?"
    r"|pojechał[ao]?|wrócił[ao]?|dostał[ao]?|zaręczył[ao]?|rzucił[ao]?|leży|na urlopie|chor[ya]|w ciąży|na wakacjach",
    "ru": r"в отпуске|в больнице|в отъезде|болеет|заболела?|женился|женится|вышла|родила|переехала?|живёт|живет"
    r"|работает|учится|купила?|уволи\w+|сменила?|наш[её]л|нашла|получила?|беременна|жд[её]т|уехала?"
    r"|была?(?! (?:в|на|у)(?!\w))|стала?|уш[её]л|ушла|вернул(?:ся|ась)"
    r"|устроил(?:ся|ась)|поступила?",
    "zh": r"(?:也|还|已经|最近|快要?|要)?(?:在(?:休假|度假|出差|住院|[^，。]{1,6}(?:工作|上班|读书))"
    r"|休假|出差|有|是|换|換|搬|结婚|結婚|离婚|生了|怀孕|住院|生病|感冒|升职|失业|辞职|毕业|退休|买了|卖了"
    r"|找到|住在|病了)",
    "ja": r"(?:さん|くん|君|ちゃん)?(?:は|が|に)(?!.*(?:来|くれ|もらっ|会|うち|一緒))",
}
"""Language → verbs of what somebody is, has or lives through, right behind the name."""
_OTHERWISE = {
    "de": r"gebracht|geholfen|mitgebracht|gekocht|abgeholt|eingeladen|vorbei\w*|dabei|besucht|gekommen|geschenkt",
    "en": r"brought|helped|came|come|invited|over|round|back|together|with (?:him|her|them)",
    "fr": r"venue?s?|passée?s?|apporté\w*|aidée?|offert|invité\w*|cuisiné|là|ici",
    "es": r"venid[oa]|traíd[oa]|ayudad[oa]|invitad[oa]|aquí|visitad[oa]|vino|viene|pasad[oa]|en casa",
    "it": r"venut\w|passat\w|portat\w|aiutat\w|invitat\w|qui|qua|cucinat\w",
    "pt": r"veio|vindo|trouxe|trazido|ajudou|ajudado|cá|aqui|convidou",
    "nl": r"langs\w*|gekomen|gebracht|geholpen|gekookt|hier|geweest|uitgenodigd|meegenomen",
    "sv": r"kommit|hjälpt|lagat|här|bjudit|med sig",
    "pl": r"tu|tutaj|u mnie|u nas|pomógł|pomogła|przyniósł|przyniosła|na noc",
    "ru": r"здесь|тут|у меня|у нас|помог|помогла|принёс|принесла|приш[её]л|пришла",
}
"""Language → words that tell of contact all the same: `hat Kuchen gebracht`."""
_OWN_NEWS = regex(
    r"у\s+(?=\s)\s*(?:сейчас |теперь |скоро )?(?:нов\w+|родил\w+|день рождения|есть|будет|бол\w+|отпуск|ремонт)",
    re.IGNORECASE,
)
"""Russian: `у Ольги новая работа`."""


def only_told_about(text: str, names: Sequence[NameMatch], words: Sequence[Word], languages: frozenset[str]) -> bool:
    """Return whether a sentence without contact says something of people who are its subject.

    `text`: a sentence in which names and days are blank; `words` were found in it.
    """
    if not names or names[0].possessive or (names[0].start and not _is_lead(text[: names[0].start])):
        return bool(names) and text[:1] in ("у", "У") and _OWN_NEWS.match(text) is not None
    end = names[0].end
    for name in names[1:]:
        if not _AND.fullmatch(text, end, name.start):
            break
        end = name.end
    contacts = [word for word in words if word.kind in _CONTACT and not _is_unsure(text, word, languages)]
    own = [code for code in LANGUAGES if code in languages | {"en"}]
    for code in own:
        state = _state(code).match(text, end)
        if state and all(state.start() <= word.start and word.end <= state.end() for word in contacts):
            rest = text[state.end() :]
            return code in WIDE_LANGUAGES or not any(
                _tells_of_contact(rest, other, sure=other == code) for other in own
            )
    return False


def _is_lead(text: str) -> bool:
    # Most sentences begin otherwise, and need no pattern.
    first = re.split(r"[\s,:'’]", text.casefold(), maxsplit=1)[0]
    return (first in _FIRST_WORDS or not text.isascii()) and _LEAD.fullmatch(text) is not None


def _is_unsure(text: str, word: Word, languages: frozenset[str]) -> bool:
    """Return whether a word tells of contact only if it is misspelled, or in Swedish, where `at` is ate."""
    written = fold(text[word.start : word.end])
    if len(written) <= _SHORT:
        return text[word.start].isascii()
    own = languages | {"en"}
    return written.isalpha() and not is_contact_word(written, own) and contact_respelled(written, own) is not None


def _tells_of_contact(rest: str, language: str, *, sure: bool) -> bool:
    """Return whether what follows the verb names the writer, or tells of contact, in one language.

    Unless that is `sure`, words such as `i` do not count, which mean something else in others.
    """
    own = frozenset({language})
    said = {fold(token) for token in tokens_of(rest) if sure or len(token) > _SHORT}
    if language in _OTHERWISE and re.search(rf"(?<!\w)(?:{_OTHERWISE[language]})(?!\w)", rest, re.IGNORECASE):
        return True
    return not said.isdisjoint(listed("the writer", own) | listed("at the writer's", own))


@lru_cache(maxsize=len(LANGUAGES))
def _state(language: str) -> re.Pattern[str]:
    if language in WIDE_LANGUAGES:
        return re.compile(_STATES[language])
    return re.compile(rf"\s+(?:(?:{_ADVERBS})\s+)*(?:{_STATES[language]})(?!\w)", re.IGNORECASE)
