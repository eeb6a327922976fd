"""One object store, opened by an address: what lies in it, and how it is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ...scanner.errors import ComponentError, ExportgateError, SourceError, UnavailableError, UsageError
from ..addresses import Address, parse, refuse_credentials
from ..extras import need

if TYPE_CHECKING:
    import pyarrow.fs as arrow_fs

S3 = ("s3", "s3a")
CONNECT_SECONDS, REQUEST_SECONDS, ATTEMPTS = 10, 120, 6
_TAGS = ("ETag", "etag", "VersionId", "version_id", "generation", "md5Hash", "content_md5")
_TIMES = ("LastModified", "mtime", "last_modified", "updated", "modified", "created")


@dataclass(frozen=True)
class Stored:
    """An object as a listing tells it: key, size in bytes, a tag that changes with its content, its last change."""

    key: str
    size: int
    tag: str
    changed: datetime | None


@dataclass(frozen=True)
class Store:
    """An object store. `name` is the address without its key; nothing in it is secret."""

    scheme: str
    listing: Any = field(repr=False)
    reading: arrow_fs.FileSystem = field(repr=False)

    @property
    def is_s3(self) -> bool:
        """Whether the store speaks the S3 protocol."""
        return self.scheme in S3

    def shown(self, key: str) -> str:
        """Return an object's address."""
        return f"{self.scheme}://{key}"

    def find(self, prefix: str) -> list[Stored]:
        """Return every object whose key starts with the folder `prefix`, by key; SourceError when it is not there."""
        with asking(self.shown(prefix)):
            found = self.listing.find(prefix, detail=True)
        return [_stored(key, info) for key, info in sorted(found.items()) if info.get("type") != "directory"]

    def beside(self, folder: str, start: str) -> list[Stored]:
        """Return the objects of a folder whose names begin with `start`."""
        with asking(self.shown(folder)):
            found = self.listing.ls(folder, detail=True)
        return [_stored(info["name"], info) for info in found if info["name"].rpartition("/")[2].startswith(start)]

    def glob(self, pattern: str) -> list[Stored]:
        """Return the objects that a pattern matches, by key."""
        with asking(self.shown(pattern)):
            found = self.listing.glob(pattern, detail=True)
        return [_stored(key, info) for key, info in sorted(found.items()) if info.get("type") != "directory"]

    def info(self, key: str) -> Stored | None:
        """Return one object, or None when there is none of that key."""
        try:
            with asking(self.shown(key)):
                info = self.listing.info(key)
        except _AbsentError:
            return None
        return None if info.get("type") == "directory" else _stored(key, info)

    def content(self, key: str) -> bytes:
        """Return the bytes of a small object."""
        with asking(self.shown(key)):
            return bytes(self.listing.cat_file(key))

    def tags(self, key: str) -> dict[str, str] | None:
        """Return the tags people gave an object; None where the store refuses to tell them or knows none."""
        ask = getattr(self.listing, "get_tags", None)
        if ask is None:
            return None
        try:
            return {str(name): str(value) for name, value in ask(key).items()}
        except (OSError, NotImplementedError):
            return None  # reading objects is a permission of its own; tags are evidence, not a need


class _AbsentError(SourceError):
    """There is nothing of that name."""


@contextmanager
def asking(where: str) -> Iterator[None]:
    """Turn any client's failure into a sentence of ours: their words may hold keys and signed addresses."""
    try:
        yield
    except ExportgateError:
        raise
    except FileNotFoundError:
        raise _AbsentError("no such bucket, folder or object", where=where) from None
    except PermissionError:
        raise SourceError("access denied", where=where) from None
    except Exception as error:
        kind = type(error).__name__
        if "Credentials" in kind or "Unauthorized" in kind:
            hint = "set them by the store's standard chain: environment, profile or role"
            raise SourceError("no credentials were found", where=where, hint=hint) from None
        if isinstance(error, OSError) or any(word in kind for word in ("Connect", "Timeout", "Http", "Response")):
            what = "the server could not be reached or was too busy"
            raise UnavailableError(what, where=where) from None
        raise SourceError(f"cannot be listed ({kind})", where=where) from None


def open_store(text: str | Address, options: Mapping[str, str] | None = None) -> tuple[Store, str]:
    """Open the store of an address, and return it with the key of the address in it.

    `options` (or the address' parameters): ``endpoint``, ``region``, ``anonymous``, ``addressing`` (path or virtual)
    for S3. UsageError for a kind of address nobody knows, ComponentError for one whose package is not installed.
    """
    address = parse(text) if isinstance(text, str) else text
    refuse_credentials(address)
    given = {**address.parameters, **(options or {})}
    given["endpoint"] = given.get("endpoint") or given.pop("endpoint_override", "")
    unknown = sorted(set(given) - {"endpoint", "region", "anonymous", "addressing"})
    if unknown:
        hint = "known are endpoint, region, anonymous and addressing"
        raise UsageError(f"unknown parameter: {unknown[0]}", where=str(address), hint=hint)
    if address.scheme in S3:
        return _s3(address, given), address.path.strip("/")
    return _other(address)


def _s3(address: Address, given: Mapping[str, str]) -> Store:
    with need("s3"):
        import s3fs
    from pyarrow import fs

    bucket = address.path.partition("/")[0]
    endpoint = given["endpoint"]
    anonymous = given.get("anonymous", "").lower() in ("1", "true", "yes")
    virtual = given.get("addressing") == "virtual"
    listing = s3fs.S3FileSystem(
        anon=anonymous,
        endpoint_url=endpoint or None,
        client_kwargs={"region_name": given["region"]} if given.get("region") else {},
        config_kwargs={
            "connect_timeout": CONNECT_SECONDS,
            "read_timeout": REQUEST_SECONDS,
            **({"s3": {"addressing_style": "virtual"}} if virtual else {}),
        },
        use_listings_cache=False,
        skip_instance_cache=True,
    )
    more = _found(bucket, given, virtual=virtual)
    with asking(str(address)):
        reading = fs.S3FileSystem(
            anonymous=anonymous,
            connect_timeout=CONNECT_SECONDS,
            request_timeout=REQUEST_SECONDS,
            retry_strategy=fs.AwsStandardS3RetryStrategy(max_attempts=ATTEMPTS),
            **more,
        )
    return Store(address.scheme, listing, reading)


def _found(bucket: str, given: Mapping[str, str], *, virtual: bool) -> dict[str, Any]:
    """Return endpoint and region for Arrow's client, found as the listing's client finds them.

    Arrow's own client does not read an endpoint from profiles. At Amazon, a region that nobody names is asked for.
    """
    from botocore.session import Session
    from pyarrow import fs

    session = Session()
    region = given.get("region") or session.get_config_variable("region")
    client = session.create_client("s3", region_name=region or "us-east-1", endpoint_url=given["endpoint"] or None)
    endpoint = str(client.meta.endpoint_url)
    if ".amazonaws.com" not in endpoint:
        named = {"endpoint_override": endpoint, "force_virtual_addressing": virtual}
        return {**named, "region": region} if region else named
    if region:
        return {"region": region}
    try:
        return {"region": fs.resolve_s3_region(bucket)}
    except (OSError, ValueError):
        return {}


def _other(address: Address) -> tuple[Store, str]:
    with need("s3"):
        import fsspec
    from pyarrow.fs import FSSpecHandler, PyFileSystem

    if address.scheme not in fsspec.available_protocols():
        raise UsageError(f"unknown kind of address: {address.scheme}://", where=str(address))
    try:
        with asking(str(address)):
            listing, key = fsspec.core.url_to_fs(address.place, use_listings_cache=False)
    except SourceError as error:
        raise error from None
    except ImportError:
        raise _missing(address) from None
    return Store(address.scheme, listing, PyFileSystem(FSSpecHandler(listing))), str(key)


def _missing(address: Address) -> ComponentError:
    from fsspec.registry import known_implementations

    known = known_implementations.get(address.scheme, {})
    return ComponentError(f"{address.scheme}:// needs a package", where=str(address), hint=str(known.get("err", "")))


def _stored(key: str, info: Mapping[str, Any]) -> Stored:
    tags = [str(info[name]).strip('"') for name in _TAGS if info.get(name)]
    changed = next((moment for name in _TIMES if (moment := _moment(info.get(name))) is not None), None)
    tag = "/".join(tags) or (changed.isoformat() if changed else "")
    return Stored(key, int(info.get("size") or 0), tag, changed)


def _moment(value: Any) -> datetime | None:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return datetime.fromtimestamp(value, UTC)
    if isinstance(value, str):
        try:
            parsed = datetime.fromisoformat(value)
        except ValueError:
            return None
        return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    return None
