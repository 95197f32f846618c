"use strict";

// Real processes on a busy machine take their time; a test that hangs is still found.
jest.setTimeout(120_000);
