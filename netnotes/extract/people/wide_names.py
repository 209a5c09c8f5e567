"""Names in Chinese and Japanese of somebody without a note, told by an honorific: `田中さん`, `王总`, `小李`."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SURNAMES = (
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾"
    "彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧"
    "侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文"
)
_KANJI, _KANA = r"\u3400-\u9fff", r"\u30a1-\u30ff"
_JAPANESE = re.compile(
    rf"(?<![{_KANJI}{_KANA}])([{_KANJI}]{{1,4}}|[{_KANA}]{{2,8}})"
    rf"(?:さん|くん|ちゃん|さま|様|氏|部長|課長|係長|店長|先輩|教授|先生)(?![{_KANJI}])"
)
_NOBODY = re.compile(r"[母父兄姉奥皆嫁娘妹弟客屋員者師手医生家主族達]$|^(?:旦那|息子|友人|学生)$")
"""What is no name before an honorific: `お母さん`, `店員さん`, `大家さん`."""
_CHINESE = re.compile(
    rf"[老小阿][{_SURNAMES}](?!虾|蝦)"
    rf"|[{_SURNAMES}](?:总|總|经理|經理|老师|老師|主任|律师|律師|医生|醫生|先生|女士|小姐|阿姨|叔叔|师傅|師傅|姐|哥|工)(?!作)"
)
_BESIDE = re.compile(
    rf"[和跟与與同陪约約给給]([{_SURNAMES}][{_KANJI}]{{1,2}}?)(?=一起|[吃喝打聊见見通视視开開谈談逛看去]|[、,，]|$)"
)
"""`和王芳一起吃饭`."""


def names(text: str) -> Iterator[str]:
    """Yield the likely names of people in a run of Chinese or Japanese, each once."""
    found = [match[0] for match in _JAPANESE.finditer(text) if not _NOBODY.search(match[1])]
    found += [match[0] for match in _CHINESE.finditer(text)]
    found += [match[1] for match in _BESIDE.finditer(text)]
    yield from dict.fromkeys(found)
