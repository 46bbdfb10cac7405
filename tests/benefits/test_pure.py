"""The law knows no framework."""

import subprocess
import sys


def test_the_rules_load_no_framework():
    script = (
        "import sys; from employers.benefits import rules; "
        "print(sorted({'django', 'celery', 'rest_framework'} & set(sys.modules)))"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
