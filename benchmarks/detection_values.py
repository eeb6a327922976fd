"""Values of columns for the detection benchmark: generated here, by code of its own, from a seed.

Nothing is shared with `recognizers` or `sample_data`: a benchmark that drew its values from the code it measures would
find what it put there. Every maker returns one value; `made` returns a column of them with some cells empty or dirty.
"""

from __future__ import annotations

import random
import string
from collections.abc import Callable
from datetime import date, timedelta

LUCK = random.Random(20260317)
FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹喻柏水窦章云苏潘葛范彭郎鲁韦昌马苗凤花方"
GIVEN = "安邦昌达恩芳国海佳康丽明宁沛琦荣盛天维祥雅泽晨冬凡歌涵静凯岚萌妮鹏然思婷文雪阳志卓子"
PLACES = [("福建省", "厦门市", "湖里区"), ("广东省", "广州市", "天河区"), ("江苏省", "苏州市", "吴中区"),
          ("四川省", "绵阳市", "涪城区"), ("山东省", "青岛市", "崂山区"), ("湖北省", "宜昌市", "西陵区")]  # fmt: skip
AREAS = ["350206", "440106", "320506", "510703", "370212", "420502", "110108", "310104"]
ENGLISH = ["Oliver Hughes", "Emma Clarke", "Noah Bennett", "Sophia Ramirez", "Liam O'Connor", "Ava Thompson",
           "Lucas Meyer", "Mia Rossi", "Ethan Walker", "Chloe Martin", "Daniel Novak", "Grace Sullivan"]  # fmt: skip
PINYIN = [
    "Zhao Lihua",
    "Qian Wei",
    "Sun Jianguo",
    "Li Mengyao",
    "Zhou Tianyu",
    "Wu Xiaoming",
    "Zheng Yating",
    "Feng Hao",
]
Maker = Callable[[], str]


def digits(count: int) -> str:
    """Return random digits."""
    return "".join(LUCK.choices(string.digits, k=count))


def pick(*options: str) -> Maker:
    """Return a maker that picks one of the words."""
    return lambda: LUCK.choice(options)


def number(low: float, high: float, places: int = 0) -> Maker:
    """Return a maker of numbers."""
    return lambda: f"{LUCK.uniform(low, high):.{places}f}"


def pattern(form: str) -> Maker:
    """Return a maker that fills a form: ``9`` a digit, ``A`` a capital, ``x`` a hexadecimal digit."""
    sets = {"9": string.digits, "A": string.ascii_uppercase, "x": "0123456789abcdef"}
    return lambda: "".join(LUCK.choice(sets[sign]) if sign in sets else sign for sign in form)


def luhn(body: str) -> str:
    """Return the digits with the check digit behind them."""
    total = 0
    for place, sign in enumerate(reversed(body)):
        value = int(sign) * (2 - place % 2)
        total += value - 9 if value > 9 else value
    return body + str(-total % 10)


def day(first: int, last: int, form: str = "%Y-%m-%d") -> Maker:
    """Return a maker of days between two years."""
    start, span = date(first, 1, 1), (date(last, 12, 31) - date(first, 1, 1)).days
    return lambda: (start + timedelta(days=LUCK.randint(0, span))).strftime(form)


def moment() -> str:
    """Return a time stamp of this decade."""
    return f"{day(2021, 2026)()} {LUCK.randint(0, 23):02}:{LUCK.randint(0, 59):02}:{LUCK.randint(0, 59):02}"


def name() -> str:
    """Return a Chinese name of two or three characters."""
    return LUCK.choice(FAMILY) + "".join(LUCK.choices(GIVEN, k=LUCK.choice([1, 2, 2])))


def resident_id() -> str:
    """Return an 18-character number with its check character."""
    body = LUCK.choice(AREAS) + day(1945, 2018, "%Y%m%d")() + digits(3)
    weights = [2 ** (17 - place) % 11 for place in range(17)]
    return body + "10X98765432"[sum(int(sign) * weight for sign, weight in zip(body, weights, strict=True)) % 11]


def mobile() -> str:
    """Return a mainland mobile number."""
    return LUCK.choice(["130", "135", "139", "150", "158", "176", "182", "187", "191", "199"]) + digits(8)


def vin() -> str:
    """Return a vehicle identification number with its check character."""
    letters = "ABCDEFGHJKLMNPRSTUVWXYZ"
    worth = dict(zip(letters, [*range(1, 9), 1, 2, 3, 4, 5, 7, 9, *range(2, 10)], strict=True))
    weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
    signs = list("L" + "".join(LUCK.choices(letters + string.digits, k=12)) + digits(4))
    total = sum((int(s) if s.isdigit() else worth[s]) * w for s, w in zip(signs, weights, strict=True))
    signs[8] = "X" if total % 11 == 10 else str(total % 11)
    return "".join(signs)


def credit_code() -> str:
    """Return a unified social credit code with its check character."""
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = "91" + LUCK.choice(AREAS) + "".join(LUCK.choices(signs, k=9))
    return body + signs[-sum(signs.index(sign) * 3**place % 31 for place, sign in enumerate(body)) % 31]


def iban() -> str:
    """Return a German account number with its check digits."""
    body = digits(18)
    return f"DE{98 - int(body + '131400') % 97:02}{body}"


def address() -> str:
    """Return an address down to the room."""
    road = LUCK.choice(["金山路", "文化大街", "体育西路", "解放东路", "滨海大道"])
    return (
        "".join(LUCK.choice(PLACES))
        + f"{road}{LUCK.randint(1, 300)}号{LUCK.randint(1, 20)}栋{LUCK.randint(101, 2805)}室"
    )


def english_address() -> str:
    """Return an English street address."""
    road = LUCK.choice(["Maple Street", "Station Road", "Church Avenue", "Mill Lane"])
    return f"{LUCK.randint(1, 900)} {road}"


def prose(*inside: Maker) -> Maker:
    """Return a maker of remarks, some of which hold a value."""
    plain = ["客户要求尽快处理，已转仓库", "电话未接通，明日再联系", "Please call back after lunch", "包装破损，已补发"]
    return lambda: LUCK.choice(plain) + (f"，联系{LUCK.choice(inside)()}" if inside and LUCK.random() < 0.4 else "")


def ip() -> str:
    """Return an IPv4 address."""
    return ".".join(str(LUCK.randint(1, 254)) for _ in range(4))


def mail() -> str:
    """Return a mail address."""
    return (
        "".join(LUCK.choices(string.ascii_lowercase, k=6))
        + digits(2)
        + LUCK.choice(["@qq.com", "@163.com", "@example.org"])
    )


def made(maker: Maker, rows: int) -> list[str | None]:
    """Return a column: a tenth of the cells empty, a few of them dirty."""
    cells: list[str | None] = []
    for _ in range(rows):
        luck = LUCK.random()
        cells.append(None if luck < 0.08 else "N/A" if luck < 0.1 else f" {maker()} " if luck < 0.13 else maker())
    return cells
