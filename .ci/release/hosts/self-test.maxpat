{
 "patcher": {
  "fileversion": 1,
  "appversion": {
   "major": 8,
   "minor": 6,
   "revision": 5,
   "architecture": "x64",
   "modernui": 1
  },
  "classnamespace": "box",
  "rect": [
   80.0,
   80.0,
   640.0,
   420.0
  ],
  "boxes": [
   {
    "box": {
     "id": "load",
     "maxclass": "newobj",
     "text": "loadbang",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      20.0,
      50.0,
      200.0,
      22.0
     ],
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "order",
     "maxclass": "newobj",
     "text": "t b b",
     "numinlets": 1,
     "numoutlets": 2,
     "patching_rect": [
      20.0,
      80.0,
      200.0,
      22.0
     ],
     "outlettype": [
      "",
      ""
     ]
    }
   },
   {
    "box": {
     "id": "wait",
     "maxclass": "newobj",
     "text": "del 5000",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      20.0,
      110.0,
      200.0,
      22.0
     ],
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "ask",
     "maxclass": "message",
     "text": "doctor",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      20.0,
      140.0,
      200.0,
      22.0
     ],
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "info",
     "maxclass": "newobj",
     "text": "nn.info",
     "numinlets": 1,
     "numoutlets": 6,
     "patching_rect": [
      20.0,
      170.0,
      200.0,
      22.0
     ],
     "outlettype": [
      "",
      "",
      "",
      "",
      "",
      ""
     ]
    }
   },
   {
    "box": {
     "id": "both",
     "maxclass": "newobj",
     "text": "t l l",
     "numinlets": 1,
     "numoutlets": 2,
     "patching_rect": [
      20.0,
      210.0,
      200.0,
      22.0
     ],
     "outlettype": [
      "",
      ""
     ]
    }
   },
   {
    "box": {
     "id": "ended",
     "maxclass": "newobj",
     "text": "route examined",
     "numinlets": 2,
     "numoutlets": 2,
     "patching_rect": [
      20.0,
      250.0,
      200.0,
      22.0
     ],
     "outlettype": [
      "",
      ""
     ]
    }
   },
   {
    "box": {
     "id": "lines",
     "maxclass": "newobj",
     "text": "text",
     "numinlets": 1,
     "numoutlets": 3,
     "patching_rect": [
      260.0,
      320.0,
      200.0,
      22.0
     ],
     "outlettype": [
      "",
      "",
      ""
     ]
    }
   },
   {
    "box": {
     "id": "then",
     "maxclass": "newobj",
     "text": "t b b",
     "numinlets": 1,
     "numoutlets": 2,
     "patching_rect": [
      20.0,
      280.0,
      200.0,
      22.0
     ],
     "outlettype": [
      "",
      ""
     ]
    }
   },
   {
    "box": {
     "id": "write",
     "maxclass": "message",
     "text": "write \"@PLACE@/nn-self-test.txt\"",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      260.0,
      280.0,
      200.0,
      22.0
     ],
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "later",
     "maxclass": "newobj",
     "text": "del 500",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      20.0,
      310.0,
      200.0,
      22.0
     ],
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "quit",
     "maxclass": "message",
     "text": "; max quit",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      20.0,
      340.0,
      200.0,
      22.0
     ],
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "opened",
     "maxclass": "message",
     "text": "opened, cr, write \"@PLACE@/nn-opened.txt\"",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      260.0,
      110.0,
      200.0,
      22.0
     ],
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "about",
     "maxclass": "comment",
     "text": "Opened by .ci/release/hosts.sh, which fills in a folder: asks the doctor when it is opened, and writes there what it says.",
     "numinlets": 1,
     "numoutlets": 0,
     "patching_rect": [
      260.0,
      20.0,
      200.0,
      22.0
     ]
    }
   },
   {
    "box": {
     "id": "line",
     "maxclass": "newobj",
     "text": "t cr l",
     "numinlets": 1,
     "numoutlets": 2,
     "patching_rect": [
      260.0,
      250.0,
      200.0,
      22.0
     ],
     "outlettype": [
      "",
      ""
     ]
    }
   }
  ],
  "lines": [
   {
    "patchline": {
     "source": [
      "load",
      0
     ],
     "destination": [
      "order",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "order",
      1
     ],
     "destination": [
      "opened",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "order",
      0
     ],
     "destination": [
      "wait",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "wait",
      0
     ],
     "destination": [
      "ask",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "ask",
      0
     ],
     "destination": [
      "info",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "info",
      4
     ],
     "destination": [
      "both",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "both",
      1
     ],
     "destination": [
      "line",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "line",
      1
     ],
     "destination": [
      "lines",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "line",
      0
     ],
     "destination": [
      "lines",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "both",
      0
     ],
     "destination": [
      "ended",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "ended",
      0
     ],
     "destination": [
      "then",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "then",
      1
     ],
     "destination": [
      "write",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "write",
      0
     ],
     "destination": [
      "lines",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "then",
      0
     ],
     "destination": [
      "later",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "later",
      0
     ],
     "destination": [
      "quit",
      0
     ]
    }
   },
   {
    "patchline": {
     "source": [
      "opened",
      0
     ],
     "destination": [
      "lines",
      0
     ]
    }
   }
  ]
 }
}
