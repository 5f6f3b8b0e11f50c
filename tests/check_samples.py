#!/usr/bin/python3
"""Runs what the README and samples/ci tell people to write, as far as that goes without a network: YAML is parsed, shell is
parsed and run in a folder of its own with a terraform that knows only the plan of a sample. Usage: check_samples.py, in the
project's root."""
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

import yaml

root = os.getcwd()
plan = os.path.join(root, "samples/serverless-faulty/plan.json")
plan_text = os.path.join(root, "samples/serverless-faulty/plan.txt")
checked = failed = 0


def check(sentence, is_true, detail=""):
    global checked, failed
    checked += 1
    if not is_true:
        failed += 1
        print("not ok - %s %s" % (sentence, detail))


def read(path):
    with open(os.path.join(root, path)) as file:
        return file.read()


def write(path, text, mode=0o644):
    with open(path, "w") as file:
        file.write(text)
    os.chmod(path, mode)


class Folder:
    """A folder to run commands in, with the files that they name."""

    def __init__(self):
        self.path = tempfile.mkdtemp()
        self.programs = os.path.join(self.path, ".programs")
        os.makedirs(self.programs)
        os.makedirs(os.path.join(self.path, ".git"))
        os.symlink(os.path.join(root, "tfcheck"), os.path.join(self.programs, "tfcheck"))
        write(os.path.join(self.programs, "terraform"),
              '#!/bin/sh\ncase "$*" in "show -json"*) exec cat "%s" ;; *" -out="*) : >tfplan ;;\n'
              'plan*) exec cat "%s" ;; esac\n' % (plan, plan_text), 0o755)
        for name in ("plan.json", "main.json", "branch.json"):
            shutil.copy(plan, os.path.join(self.path, name))

    def run(self, script, shell="sh", **more):
        environment = {"PATH": self.programs + ":/usr/bin:/bin", "LC_ALL": "C", "HOME": self.path,
                       "TFCHECK_HOME": root, "SHOWFILE": os.path.join(self.path, "plan.json"), **more}
        return subprocess.run([shell, "-c", script], cwd=self.path, env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def has(self, name):
        return os.path.getsize(os.path.join(self.path, name)) > 0 if os.path.exists(os.path.join(self.path, name)) else False

    def close(self):
        shutil.rmtree(self.path)


def ends_well(name, script, result, wanted=(0, 1)):
    check("%s: %s" % (name, script.strip().split("\n")[0]), result.returncode in wanted, result.stdout[-400:])


# Every YAML file that somebody's tool reads.
documents = {path: yaml.safe_load(read(path)) for path in
             glob.glob("samples/ci/**/*.y*ml", recursive=True) + glob.glob("samples/ci/**/.*.yaml", recursive=True) +
             ["action.yml", ".pre-commit-hooks.yaml"]}
check("there are samples", len(documents) >= 7)

# Atlantis: the run step of the custom policy check, and the stand-in for Conftest.
atlantis = documents["samples/ci/atlantis/repos-custom-policy-check.yaml"]
sets = atlantis["policies"]["policy_sets"]
steps = atlantis["workflows"]["tfcheck"]["policy_check"]["steps"]
commands = [step["run"] for step in steps if isinstance(step, dict)]
check("each policy set of Atlantis has one run step", len(commands) == len(sets))
folder = Folder()
write(os.path.join(folder.path, ".tfcheck.yaml"), "fail_on: high\n")
result = folder.run(commands[0].replace("/etc/atlantis/tfcheck", folder.path))
ends_well("atlantis", commands[0], result, (0,))
check("Atlantis is told of failures first", result.stdout.startswith("FAIL - "))
sticky = re.search(r'# policy_item_regex: "(.*)"', read("samples/ci/atlantis/repos-custom-policy-check.yaml")).group(1)
items = re.findall(sticky, result.stdout)
check("what an approval holds on to are the failures", items and len(items) == result.stdout.count("FAIL - "))
result = folder.run(commands[0].replace("/etc/atlantis/tfcheck", folder.path), SHOWFILE="/no/such/file")
check("Atlantis is told that there is no plan", result.returncode == 0 and result.stdout.startswith("FAIL - /no/such/file"))
conftest = "sh %s/samples/ci/atlantis/conftest test -p %s %s --no-color" % (root, "{}", "plan.json")
result = folder.run(conftest.format("."))
check("the stand-in fails as Conftest does", result.returncode == 1 and re.match(r"^(WARN|FAIL|\[)", result.stdout))
result = folder.run(conftest.format(".") + " --fail-on=never")
check("the stand-in hands extra arguments on and passes", result.returncode == 0 and ", 0 failures," in result.stdout, result.stdout[-300:])
os.makedirs(os.path.join(folder.path, "rules"))
shutil.copy(os.path.join(root, "tests/cases/policies/tagged.yaml"), os.path.join(folder.path, "rules"))
check("the stand-in takes a folder of rules", " - tagged - " in folder.run(conftest.format("rules")).stdout)
folder.close()

# GitHub: the action's script, with the inputs that the workflow gives.
action, workflow = documents["action.yml"], documents["samples/ci/github/tfcheck.yml"]
uses = [step for step in workflow["jobs"]["plan"]["steps"] if "tfcheck@" in step.get("uses", "")]
given = uses[0]["with"]
check("the workflow gives inputs that the action has", set(given) <= set(action["inputs"]))
script = action["runs"]["steps"][-1]
check("the action puts no input into its script", all("${{" not in step["run"] for step in action["runs"]["steps"]))
check("the action's script reads what it is given", all(name in read("packaging/action.sh") for name in script["env"]))
names = {re.search(r"inputs\.([a-z-]+)", text).group(1): name for name, text in script["env"].items()}
check("every input of the action is handed on", set(names) == set(action["inputs"]))
folder = Folder()
result = folder.run("sh %s/packaging/action.sh tfcheck" % root, GITHUB_STEP_SUMMARY=os.path.join(folder.path, "summary"),
                    **{names[key]: value for key, value in given.items()})
check("the action annotates and fails", result.returncode == 1 and result.stdout.startswith("::error file="), result.stdout[:300])
check("the action writes what it is asked for", folder.has("tfcheck.sarif") and folder.has("tfcheck.md") and folder.has("summary"))
result = folder.run("sh %s/packaging/action.sh tfcheck" % root, TFCHECK_PLAN="plan.json main.json", TFCHECK_FAIL_ON="never")
check("the action takes several plans and --fail-on", result.returncode == 0)
for step in workflow["jobs"]["plan"]["steps"]:
    if "run" in step:
        check("the workflow's shell is shell", subprocess.run(["bash", "-n", "-c", step["run"]]).returncode == 0)
folder.close()

# GitLab, Jenkins and pre-commit.
for name, script, files in (
        ("gitlab", "\n".join(documents["samples/ci/gitlab/gitlab-ci.yml"]["tfcheck"]["script"]),
         list(documents["samples/ci/gitlab/gitlab-ci.yml"]["tfcheck"]["artifacts"]["reports"].values()) + ["tfcheck.html"]),
        ("jenkins", "\n".join(re.findall(r"sh '([^']*)'", read("samples/ci/jenkins/Jenkinsfile"))),
         re.findall(r"(?:testResults|artifacts): '([^']*)'", read("samples/ci/jenkins/Jenkinsfile")))):
    folder = Folder()
    result = folder.run("set -e\n" + script)
    ends_well(name, script.split("\n")[-1], result, (1,))
    check("%s finds the files that it is told to collect" % name, files and all(map(folder.has, files)), str(files))
    folder.close()
hooks = {hook["id"]: hook for hook in documents[".pre-commit-hooks.yaml"]}
used = documents["samples/ci/pre-commit/.pre-commit-config.yaml"]["repos"][0]["hooks"]
check("the hooks that are used exist", {hook["id"] for hook in used} <= set(hooks))
folder = Folder()
ends_well("init", "tfcheck init", folder.run("tfcheck init && tfcheck new-rule another-rule"), (0,))
for hook in used:
    names = " ".join(hook.get("args", [])) or "plan.json"
    command = "%s %s" % (hooks[hook["id"]]["entry"], names)
    ends_well("pre-commit", command, folder.run(command), (0, 1))
check("what init writes proves itself", folder.run("tfcheck test policies/own").returncode == 0)
check("the configuration of init holds", "policies/own" in folder.run("tfcheck config").stdout)
check("init leaves what is there", folder.run("tfcheck init").returncode == 2)
lines = [re.sub("^# ", "", line) if re.match(r"# ([a-z_]+:|  )", line) else line
         for line in open(os.path.join(folder.path, ".tfcheck.yaml")).read().split("\n")]
write(os.path.join(folder.path, ".tfcheck.yaml"), "\n".join(lines))
result = folder.run("tfcheck config")
check("what init comments out is configuration too", result.returncode == 0 and
      result.stdout.count(".tfcheck.yaml:") > 12, result.stdout)
folder.close()

# The README's blocks: yaml is YAML, sh is shell, and the lines that call tfcheck run.
readme = read("README.md")
for language, block in re.findall(r"^```(\w+)\n(.*?)^```", readme, re.M | re.S):
    if language == "yaml":
        check("a block of the README is YAML", yaml.safe_load(block) is not None)
    if language != "sh":
        continue
    check("a block of the README is shell", subprocess.run(["sh", "-n", "-c", block]).returncode == 0, block)
    folder = Folder()
    folder.run("mkdir -p my-rules policies/own")
    shutil.copy(os.path.join(root, "tests/cases/policies/tagged.yaml"), os.path.join(folder.path, "my-rules"))
    for line in block.split("\n"):
        if re.match(r"(terraform |tfcheck )", line):
            ends_well("README", line, folder.run(line))
    folder.close()

# The README's configuration and waivers are taken by the program.
blocks = re.findall(r"^```yaml\n(.*?)^```", readme, re.M | re.S)
folder = Folder()
folder.run("tfcheck init")
write(os.path.join(folder.path, ".tfcheck.yaml"), [block for block in blocks if block.startswith("packs:")][0])
write(os.path.join(folder.path, "tfcheck-waivers.yaml"), [block for block in blocks if block.startswith("- rule:")][0])
result = folder.run("tfcheck config")
check("the README's configuration holds", result.returncode == 0 and "tfcheck-waivers.yaml:1" in result.stdout, result.stdout)
result = folder.run("tfcheck --write-baseline .tfcheck-baseline.json --no-config plan.json && tfcheck plan.json")
check("the README's configuration checks", result.returncode in (0, 1) and folder.has("tfcheck.sarif"), result.stdout[-300:])
folder.close()

# How to write a rule: its example is a whole rule that proves itself, the other blocks are YAML.
folder = Folder()
for language, block in re.findall(r"^```(\w+)\n(.*?)^```", read("policies/README.md"), re.M | re.S):
    if language != "yaml":
        continue
    check("a block of policies/README.md is YAML", yaml.safe_load(block) is not None, block)
    if block.startswith("id: "):
        name = yaml.safe_load(block)["id"] + ".yaml"
        write(os.path.join(folder.path, name), block)
        ends_well("policies/README.md", "tfcheck test " + name, folder.run("tfcheck test " + name), (0,))
folder.close()
print("%d checks of samples and README, %d failed" % (checked, failed))
sys.exit(failed > 0 or checked < 30)
