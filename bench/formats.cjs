// The formats of poe-pack's schemas that ajv-formats does not know. Our own list of currencies is not repeated here.
"use strict";
module.exports = (ajv) => ajv.addFormat("currency", /^[A-Z]{3}$/);
