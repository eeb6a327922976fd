"""What an audit changes in the process it runs in, it puts back: a service that audits goes on to scan."""

from __future__ import annotations

import pyarrow as pa
import pytest

from exportgate.scanner import allocator


@pytest.mark.skipif(not allocator.keep_freed_memory(), reason="only glibc keeps freed memory")
def test_a_scan_after_an_audit_takes_memory_as_before_it() -> None:
    def taken() -> str:
        with allocator.one_allocator():
            return str(pa.default_memory_pool().backend_name)

    before = pa.default_memory_pool().backend_name
    if before != "mimalloc":
        pytest.skip("Arrow has another allocator here")
    with allocator.several_at_once(), allocator.several_at_once():
        assert taken() == before
    with pytest.raises(RuntimeError), allocator.several_at_once():
        raise RuntimeError
    assert taken() == "system"
    assert pa.default_memory_pool().backend_name == before
