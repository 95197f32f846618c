"use strict";
/* The part of @cdktf/provider-generator that writes classes, without the parts that start terraform and report crashes. */
exports.CodeMaker = require("codemaker").CodeMaker;
exports.TerraformProviderGenerator =
  require("@cdktf/provider-generator/lib/get/generator/provider-generator").TerraformProviderGenerator;
