"""The files of an edition that hold for all its sectors: general rules, readings, classification, articles."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import filing_files, parts
from .model import (
    ApprovalKind,
    Article,
    Category,
    Condition,
    Duty,
    Filing,
    Item,
    Line,
    Reading,
    Regime,
    Route,
    Rule,
    SubCategory,
    ThirdBucket,
)
from .nodes import Node, nearest
from .vocabulary import COUNTERS, MECHANISMS, REGIME_FLAGS

GENERAL = (
    "ciio",
    "important_data",
    "third_bucket",
    "rules",
    "regimes",
    "filing",
    "duties",
    "approvals",
    "paths",
    "reference",
)

USES = ("makes_usable", "doubted_in_wide_band")


@dataclass(frozen=True)
class General:
    """What ``rules.yaml`` holds."""

    ciio: Line | None = None
    important_data: Rule | None = None
    important_tier: int | None = None
    rules: dict[str, Rule] = field(default_factory=dict)
    regimes: tuple[Regime, ...] = ()
    duties: tuple[Duty, ...] = ()
    approvals: tuple[ApprovalKind, ...] = ()
    paths: tuple[Route, ...] = ()
    filing: Filing | None = None
    third_bucket: ThirdBucket | None = None


def read_paths(document: Node) -> tuple[Route, ...]:
    """Read the routes of ``rules.yaml``, strictest first."""
    return tuple(
        Route(k, parts.text(n.at("name")), n.at("tier").whole() if n.at("tier").given else None)
        for k, n in document.at("paths").entries()
    )


def read_rules(document: Node, edition: str, references: list[str], paths: tuple[Route, ...]) -> General:
    """Read ``rules.yaml``; `paths` are the routes there are."""
    optional = (
        "ciio",
        "important_data",
        "third_bucket",
        "rules",
        "regimes",
        "filing",
        "duties",
        "approvals",
        "paths",
        "reference",
    )
    document.keys(required=("last_checked", "provenance"), optional=optional)
    source = parts.file_source(document, references)
    known = [path.id for path in paths]
    effects = {path.tier: path.id for path in paths if path.tier}
    important = document.at("important_data")
    return General(
        ciio=_ciio(document.at("ciio"), edition, effects),
        important_data=_important(important, edition, source) if important.given else None,
        important_tier=important.at("tier").whole() if important.given else None,
        rules={k: _rule(k, n, edition, source) for k, n in document.at("rules").entries()},
        regimes=tuple(_regime(k, n, edition, known, source) for k, n in document.at("regimes").entries()),
        duties=tuple(_duty(k, n, source) for k, n in document.at("duties").entries()),
        approvals=tuple(_approval(k, n, known, source) for k, n in document.at("approvals").entries()),
        paths=paths,
        third_bucket=parts.third_bucket(document.at("third_bucket"), f"{edition}/third-bucket"),
        filing=_filing(document.at("filing"), edition, source),
    )


def _ciio(node: Node, edition: str, effects: dict[int, str]) -> Line | None:
    if not node.given:
        return None
    node.keys(required=("tier", "counter", "unit", "at", "article"))
    unit = parts.unit(node.at("unit"))
    return parts.line(node, rule=f"{edition}/ciio", unit_=unit, articles={}, effects=effects)


def _important(node: Node, edition: str, source: parts.FileSource) -> Rule:
    node.keys(required=("tier", "article", "text"), optional=parts.SOURCE_KEYS)
    source.of(node)
    text, article = parts.text(node.at("text")), node.at("article").text()
    return Rule("important-data", f"{edition}/important-data", text, article)


def _rule(rule_id: str, node: Node, prefix: str, source: parts.FileSource) -> Rule:
    node.keys(required=("article", "text"), optional=parts.SOURCE_KEYS)
    source.of(node)
    return Rule(rule_id, f"{prefix}/{rule_id}", parts.text(node.at("text")), node.at("article").text())


def _regime(regime_id: str, node: Node, edition: str, known: list[str], source: parts.FileSource) -> Regime:
    node.keys(required=("article", "text", "flags", "path"), optional=("shared_flags", *parts.SOURCE_KEYS))
    source.of(node)
    shared = [flag.word(REGIME_FLAGS, "fact") for flag in node.at("shared_flags").items()]
    return Regime(
        id=regime_id,
        rule=f"{edition}/regime/{regime_id}",
        flags=tuple(flag.word(REGIME_FLAGS, "fact") for flag in node.at("flags").items()),
        name=parts.text(node.at("text")),
        article=node.at("article").text(),
        path=node.at("path").word(known, "path"),
        shared_flags=tuple(shared),
    )


def _duty(duty_id: str, node: Node, source: parts.FileSource) -> Duty:
    node.keys(required=("article", "text"), optional=parts.SOURCE_KEYS)
    source.of(node)
    return Duty(duty_id, parts.text(node.at("text")), node.at("article").text())


def _approval(kind: str, node: Node, known: list[str], source: parts.FileSource) -> ApprovalKind:
    node.keys(required=("article", "text"), optional=("satisfies", *USES, *parts.SOURCE_KEYS))
    source.of(node)
    return ApprovalKind(
        id=kind,
        name=parts.text(node.at("text")),
        satisfies=tuple(path.word(known, "path") for path in node.at("satisfies").items()),
        article=node.at("article").text(),
        makes_usable=node.at("makes_usable").flag(False),
        doubted_in_wide_band=node.at("doubted_in_wide_band").flag(False),
    )


def _filing(node: Node, edition: str, source: parts.FileSource) -> Filing | None:
    if not node.given:
        return None
    clocks = ("validity", "application", "opinion", "renewal", "growth")
    node.keys(required=(*clocks, "unusable", "rules", "grounds"), optional=("headings", "papers", "agencies"))
    node.at("validity").keys(required=("years",))
    node.at("renewal").keys(required=("working_days", "prompt_days"))
    node.at("growth").keys(required=("percent",), optional=parts.SOURCE_KEYS)
    prefix = f"{edition}/filing"
    return Filing(
        validity_years=node.at("validity").at("years").whole(),
        application_days=node.at("application").at("working_days").whole(),
        opinion_days=node.at("opinion").at("working_days").whole(),
        renewal_days=node.at("renewal").at("working_days").whole(),
        renewal_prompt_days=node.at("renewal").at("prompt_days").whole(),
        growth_percent=node.at("growth").at("percent").whole(),
        unusable=_rule("unusable", node.at("unusable"), prefix, source),
        rules=tuple(_rule(k, n, prefix, source) for k, n in node.at("rules").entries()),
        grounds=tuple(_rule(k, n, f"{prefix}/change", source) for k, n in node.at("grounds").entries()),
        headings=filing_files.read_headings(node.at("headings"), [k for k, _ in node.at("grounds").entries()]),
        papers=filing_files.read_papers(node.at("papers")),
        agencies=filing_files.read_agencies(node.at("agencies")),
    )


def read_readings(document: Node, references: list[str]) -> tuple[Reading, ...]:
    """Read ``readings.yaml``: one open question per key."""
    source = parts.file_source(document, references)
    entries = [(k, n) for k, n in document.entries() if k not in parts.SOURCE_KEYS]
    return tuple(_reading(k, n, source) for k, n in entries)


def _reading(reading_id: str, node: Node, source: parts.FileSource) -> Reading:
    needed = ("mechanism", "default", "other", "acts_when", "article", "question")
    node.keys(required=needed, optional=("sector", "row", "scenarios", "counter", *parts.SOURCE_KEYS))
    source.of(node)
    default, other = node.at("default").text(), node.at("other").text()
    if default == other:
        node.at("other").fail("the two answers must differ")
    return Reading(
        id=reading_id,
        mechanism=node.at("mechanism").word(MECHANISMS, "mechanism"),
        question=parts.text(node.at("question")),
        default=default,
        other=other,
        acts_when=node.at("acts_when").word((default, other), "answer"),
        article=node.at("article").text(),
        sector=node.at("sector").text(""),
        row=node.at("row").text(""),
        scenarios=parts.words(node.at("scenarios")),
        counter=node.at("counter").word(COUNTERS, "counter") if node.at("counter").given else "",
    )


def read_classification(
    document: Node, edition: str, references: list[str]
) -> tuple[tuple[Item, ...], tuple[Category, ...]]:
    """Read ``classification.yaml``: the unified rule's grounds, and the categories, whose parts are items too."""
    required = ("last_checked", "provenance", "article", "catalogue_article")
    document.keys(required=required, optional=("unified", "categories", "reference"))
    source = parts.file_source(document, references)
    article = document.at("article").text()
    unified = tuple(_ground(k, n, edition, article, source) for k, n in document.at("unified").entries())
    categories = tuple(_category(k, n) for k, n in document.at("categories").entries())
    _check_numbers(document.at("categories"), categories)
    cited = document.at("catalogue_article").text()
    nodes = {
        f"part-b.{k}": n for _, c in document.at("categories").entries() for k, n in c.at("sub_categories").entries()
    }
    catalogue = tuple(
        Item(
            id=item,
            rule=f"{edition}/{item}",
            name=parts.text(node.at("name")),
            condition=Condition(),
            article=cited,
            source=source.of(node),
            implies=node.at("implies").word(REGIME_FLAGS, "fact") if node.at("implies").given else "",
        )
        for item, node in nodes.items()
    )
    return (*unified, *catalogue), categories


def _ground(item_id: str, node: Node, edition: str, article: str, source: parts.FileSource) -> Item:
    node.keys(required=("name",), optional=("when", "counter", "only_ciio", *parts.SOURCE_KEYS))
    counter = node.at("counter")
    return Item(
        id=item_id,
        rule=f"{edition}/{item_id}",
        name=parts.text(node.at("name")),
        condition=parts.condition(node.at("when")),
        article=article,
        source=source.of(node),
        counter=counter.word(COUNTERS, "counter") if counter.given else "",
        only_ciio=node.at("only_ciio").flag(False),
    )


def _category(category_id: str, node: Node) -> Category:
    node.keys(required=("name", "examples", "sub_categories"))
    subs = []
    for sub_id, sub in node.at("sub_categories").entries():
        sub.keys(required=("number", "name"), optional=("hints", "implies"))
        number, name = sub.at("number").whole(), parts.text(sub.at("name"))
        subs.append(SubCategory(sub_id, number, name, parts.words(sub.at("hints"))))
    return Category(category_id, parts.text(node.at("name")), parts.text(node.at("examples")), tuple(subs))


def _check_numbers(node: Node, categories: tuple[Category, ...]) -> None:
    numbers = [sub.number for category in categories for sub in category.sub_categories]
    if numbers != list(range(1, len(numbers) + 1)):
        node.fail("the sub-categories' numbers must run from 1 without a gap")


def read_articles(document: Node) -> tuple[Article, ...]:
    """Read ``articles.yaml``."""
    articles = []
    for key, node in document.at("articles").entries():
        node.keys(required=("title", "text"), optional=("bears",))
        bears = parts.text(node.at("bears")) if node.at("bears").given else None
        articles.append(Article(key, parts.text(node.at("title")), parts.text(node.at("text")), bears))
    return tuple(articles)


def known_word(node: Node, known: list[str], what: str) -> str:
    """Read a word of `known`, naming the nearest one when it is not."""
    word = node.text()
    if word not in known:
        node.fail(f"unknown {what}: {word}", nearest(word, known))
    return word
