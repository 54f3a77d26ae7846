"""`python -m briefing_kit` is `briefing-kit`."""

from briefing_kit.cli import main

if __name__ == "__main__":
    main()
