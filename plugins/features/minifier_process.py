"""`python minifier_process.py FOLDER…`: minify JavaScript, for minifier.py.

Each line of standard input is a script as JSON. The response is a line too: [minified, ""] or ["", what is wrong].
FOLDER…: where modules are looked for, so that Python need not find out (-S).
"""

import json
import sys

ECMASCRIPT = 2019  # the newest edition that minified code may use: phones in use have browsers that are five years old


def main() -> None:
    """Answer until standard input ends."""
    sys.path[:] = sys.argv[1:]
    import minify

    minify.config({"js-version": ECMASCRIPT})
    for line in sys.stdin:
        try:
            response = [minify.string("application/javascript", json.loads(line)), ""]
        except ValueError as error:
            response = ["", str(error)]
        print(json.dumps(response), flush=True)


if __name__ == "__main__":
    main()
