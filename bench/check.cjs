// node check.cjs VALIDATOR FILE...: checks YAML files with a validator that `ajv compile` wrote.
"use strict";
const fs = require("node:fs");
const yaml = require("js-yaml");

const [validator, ...files] = process.argv.slice(2);
const validate = require(validator);
let bad = 0;
for (const file of files) {
  if (!validate(yaml.load(fs.readFileSync(file, "utf8")))) {
    bad += 1;
    console.error(file, JSON.stringify(validate.errors));
  }
}
process.exitCode = bad ? 1 : 0;
