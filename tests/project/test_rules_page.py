import subprocess
import sys
from collections import Counter
from pathlib import Path

from linli.project.rulebook import rulebook
from linli.rules.policy.defaults import DEFAULTS

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_of_rules_agrees_with_the_code():
    done = subprocess.run([sys.executable, "tools/make_rules.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_code_stands_for_one_rule_and_each_number_for_a_rule_value():
    rules = [rule for found in rulebook().values() for rule in found]
    assert [code for code, count in Counter(rule.code for rule in rules).items() if count > 1] == []
    assert {number for rule in rules for number in rule.numbers} <= DEFAULTS.keys()
