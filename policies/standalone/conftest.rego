# METADATA
# title: The decision for conftest
# description: "conftest test plan.json --policy policies"
package main

import data.anycast.standalone

deny contains message if some message in standalone.deny

warn contains message if some message in standalone.warn
