"""Stylesheets in; for each page exactly the rules it can use out, and one sheet for the rest.

The site is static: all that a page can need is known when it is built. A rule whose selector names a class, id,
attribute or element that neither the page nor a script has is not shipped. What a page needs to be painted stands in
the page itself (`inline`), so that the first view waits for one answer only; what scripts add later is one file that
comes after the first paint (`later`).

Attribute values and words inside `:is()`, `:where()` and `:not()` are not looked at: a rule is rather kept than lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import tinycss2
from tinycss2.ast import Node

_BY_READER = frozenset({"[open]"})
"""What a page gets without a script, by the reader's hand."""


@dataclass(frozen=True)
class Rule:
    """A style rule: each selector with the names it needs; `inside` are the at-rules around it, outermost first."""

    inside: tuple[str, ...]
    selectors: tuple[tuple[str, frozenset[str]], ...]
    declarations: tuple[str, ...]

    def kept(self, wanted: Callable[[frozenset[str]], bool]) -> Rule | None:
        """The rule with those selectors whose names are `wanted`."""
        selectors = tuple(selector for selector in self.selectors if wanted(selector[1]))
        return Rule(self.inside, selectors, self.declarations) if selectors else None


@dataclass(frozen=True)
class Styles:
    """All rules, minified, in cascade order."""

    layers: str
    rules: tuple[Rule, ...]
    properties: tuple[Rule, ...]
    """The rules that define custom properties: each place gets those that it uses."""
    script_names: frozenset[str]
    """The words of the scripts, and the names of what scripts bring: any may become a class, an id or an attribute."""
    early_names: frozenset[str]
    """The attributes that the scripts before the first paint may set: they make no elements and give no classes."""
    _inlined: dict[frozenset[str], str] = field(default_factory=dict, compare=False, repr=False)
    """What `inline` gave before: most pages of a kind ask for the same."""

    @classmethod
    def read(
        cls,
        sheets: Sequence[str],
        layers: Sequence[str],
        scripts: Sequence[str] = (),
        early_scripts: Sequence[str] = (),
        brought: Sequence[str] = (),
    ) -> Styles:
        """Minified stylesheets, each in one of `layers`, for pages with these scripts.

        Each layer is renamed to its place: every page carries the list of them. `brought` are those of the sheets that
        are for what scripts fetch and put into a page: neither the page nor a script has its names.
        """
        short = {f"@layer {layer}": f"@layer l{place}" for place, layer in enumerate(layers)}
        written = _rules(tinycss2.parse_stylesheet("".join(sheets), skip_whitespace=True), ())
        read = [replace(rule, inside=tuple(short.get(name, name) for name in rule.inside)) for rule in written]
        defining = [rule.declarations[0].startswith("--") for rule in read]
        return cls(
            f"@layer {','.join(name.removeprefix('@layer ') for name in short.values())};",
            tuple(rule for rule, defines in zip(read, defining, strict=True) if not defines),
            tuple(rule for rule, defines in zip(read, defining, strict=True) if defines),
            _words(scripts).union(*map(_names, brought)),
            frozenset(name for name in _words(early_scripts) if name.startswith("[")),
        )

    def inline(self, page: frozenset[str]) -> str:
        """What a page with these names needs to be painted."""
        names = self._known & (page | self.early_names | _BY_READER)
        if names not in self._inlined:
            self._inlined[names] = self._inline(names)
        return self._inlined[names]

    def _inline(self, names: frozenset[str]) -> str:
        def there(needed: frozenset[str]) -> bool:
            return needed <= names

        return self._written(there, [rule for rule in (rule.kept(there) for rule in self.properties) if rule])

    def later(self, pages: Collection[frozenset[str]]) -> str:
        """What scripts may bring into one of these pages, without what that page has in itself."""
        known = {self._known & (page | self.early_names | _BY_READER) for page in pages}

        def added(needed: frozenset[str]) -> bool:
            from_page = needed - self.script_names
            return from_page != needed and any(from_page <= page and not needed <= page for page in known)

        return self._written(added, self.properties)

    @cached_property
    def _known(self) -> frozenset[str]:
        """Every name that a selector asks for."""
        return _asked([*self.rules, *self.properties])

    def _written(self, wanted: Callable[[frozenset[str]], bool], properties: Sequence[Rule]) -> str:
        kept = [rule for rule in (rule.kept(wanted) for rule in self.rules) if rule]
        used = _properties_used([*kept, *properties], self.script_names)
        defined = [
            Rule(rule.inside, rule.selectors, tuple(d for d in rule.declarations if d.split(":")[0] in used))
            for rule in properties
        ]
        return _text(self.layers, [rule for rule in [*defined, *kept] if rule.declarations])


def names_in(html: str) -> frozenset[str]:
    """What selectors can ask of a page: elements, `.class`, `#id` and `[attribute]`."""
    names = {f"[{name}]" for name in _ATTRIBUTE.findall(html)}
    names.update(_ELEMENT.findall(html))
    for found in _CLASSES.finditer(html):
        names.update(f".{name}" for name in (found[1] or found[2] or found[3]).split())
    names.update(f"#{found[1] or found[2] or found[3]}" for found in _IDS.finditer(html))
    return frozenset(names)


_VALUE = r"""(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
_ELEMENT = re.compile(r"<([a-z][a-z0-9-]*)")
_ATTRIBUTE = re.compile(r"\s([a-z][a-z0-9-]*)(?=[=\s>])")
_CLASSES = re.compile(r"\sclass=" + _VALUE)
_IDS = re.compile(r"\sid=" + _VALUE)


def _words(scripts: Sequence[str]) -> frozenset[str]:
    """Every word of the scripts as each name it could be; `dataset.startSize` is `[data-start-size]`."""
    words = {word for script in scripts for word in re.findall(r"[A-Za-z][\w-]*", script)}
    properties = {word for script in scripts for word in re.findall(r"--[a-z][\w-]*", script)}
    data = {"data-" + re.sub(r"[A-Z]", lambda letter: f"-{letter[0].lower()}", word) for word in words}
    names = {f"[{word}]" for word in words | data}
    return frozenset(names | properties | words | {f".{word}" for word in words} | {f"#{word}" for word in words})


def _rules(nodes: Iterable[Node], inside: tuple[str, ...]) -> Iterator[Rule]:
    for node in nodes:
        if node.type == "qualified-rule":
            written = tinycss2.parse_blocks_contents(node.content, skip_whitespace=True)
            declarations = [d for d in written if d.type == "declaration"]
            # A rule is either all custom properties or has none: they are shipped by another measure.
            for custom in (True, False):
                chosen = tuple(d.serialize() for d in declarations if d.name.startswith("--") == custom)
                if chosen:
                    yield Rule(inside, tuple(_selectors(node.prelude)), chosen)
        elif node.type == "at-rule" and node.content is not None:
            opening = f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}"
            content = tinycss2.parse_blocks_contents(node.content, skip_whitespace=True)
            if any(child.type in {"qualified-rule", "at-rule"} for child in content):
                yield from _rules(content, (*inside, opening))


def _names(sheet: str) -> frozenset[str]:
    """Every name that a selector of a stylesheet asks for."""
    return _asked(_rules(tinycss2.parse_stylesheet(sheet, skip_whitespace=True), ()))


def _asked(rules: Iterable[Rule]) -> frozenset[str]:
    return frozenset().union(*(needed for rule in rules for _, needed in rule.selectors))


def _selectors(prelude: Sequence[Node]) -> Iterator[tuple[str, frozenset[str]]]:
    one: list[Node] = []
    for node in [*prelude, None]:
        if node is None or (node.type == "literal" and node.value == ","):
            yield tinycss2.serialize(one).strip(), frozenset(_needed(one))
            one = []
        else:
            one.append(node)


def _needed(selector: Sequence[Node]) -> Iterator[str]:
    """The names one selector cannot do without."""
    before = ""
    for node in selector:
        if node.type == "ident" and before != ":":
            yield f".{node.value}" if before == "." else str(node.value)
        elif node.type == "hash":
            yield f"#{node.value}"
        elif node.type == "[] block":
            yield f"[{next(part.value for part in node.content if part.type == 'ident')}]"
        before = node.value if node.type == "literal" else ""


def _properties_used(rules: Sequence[Rule], script_names: frozenset[str]) -> frozenset[str]:
    """The custom properties that rules or scripts use, and those that the definitions of these use."""
    defined: dict[str, set[str]] = {}
    used = {name for name in script_names if name.startswith("--")}
    for rule in rules:
        for declaration in rule.declarations:
            uses = set(_USE.findall(declaration))
            if declaration.startswith("--"):
                defined.setdefault(declaration.split(":")[0], set()).update(uses)
            else:
                used |= uses
    waiting = list(used)
    while waiting:
        more = defined.get(waiting.pop(), set()) - used
        used |= more
        waiting.extend(more)
    return frozenset(used)


_USE = re.compile(r"var\((--[\w-]+)")


def _text(layers: str, rules: Sequence[Rule]) -> str:
    css = [layers]
    around: tuple[str, ...] = ()
    for rule in rules:
        shared = 0
        while shared < min(len(around), len(rule.inside)) and around[shared] == rule.inside[shared]:
            shared += 1
        css.append("}" * (len(around) - shared))
        css.extend(f"{opening}{{" for opening in rule.inside[shared:])
        around = rule.inside
        css.append(f"{','.join(selector for selector, _ in rule.selectors)}{{{';'.join(rule.declarations)}}}")
    css.append("}" * len(around))
    return "".join(css)
