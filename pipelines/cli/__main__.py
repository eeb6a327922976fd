"""`python -m exportgate.pipelines.cli`: the command line without the installed script."""

from . import main

main()
