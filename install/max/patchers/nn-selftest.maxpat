{
  "patcher": {
    "appversion": {
      "architecture": "x64",
      "major": 8,
      "minor": 6,
      "modernui": 1,
      "revision": 5
    },
    "boxes": [
      {
        "box": {
          "fontface": 1,
          "id": "obj-1",
          "linecount": 1,
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            20.0,
            10.0,
            940.0,
            20.0
          ],
          "text": "nn~ self-test: plays every box of nn~ in this host, compares what was heard, and writes a report"
        }
      },
      {
        "box": {
          "id": "obj-2",
          "linecount": 2,
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            38.0,
            88.0,
            700.0,
            34.0
          ],
          "text": "1. Click. It takes half a minute, and you hear a sentence that a neural codec speaks: mind the volume."
        }
      },
      {
        "box": {
          "id": "obj-3",
          "linecount": 1,
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            38.0,
            166.0,
            700.0,
            20.0
          ],
          "text": "2. The report is a text file. Its path appears below when it is written."
        }
      },
      {
        "box": {
          "id": "obj-4",
          "linecount": 2,
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            38.0,
            218.0,
            700.0,
            34.0
          ],
          "text": "3. Open an issue with that file on the project's page, whatever it says: the form \"Something does not work in a host\"."
        }
      },
      {
        "box": {
          "id": "obj-5",
          "linecount": 2,
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            38.0,
            296.0,
            700.0,
            34.0
          ],
          "text": "The same lines are on the console. Close other patches and programs first: buffers that are late count as failures."
        }
      },
      {
        "box": {
          "id": "obj-6",
          "maxclass": "button",
          "numinlets": 1,
          "numoutlets": 1,
          "outlettype": [
            "bang"
          ],
          "patching_rect": [
            38.0,
            374.0,
            40.0,
            40.0
          ]
        }
      },
      {
        "box": {
          "id": "obj-7",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            100.0,
            374.0,
            124.0,
            22.0
          ],
          "text": "s nn-selftest-go"
        }
      },
      {
        "box": {
          "id": "obj-8",
          "linecount": 1,
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            20.0,
            426.0,
            60.0,
            20.0
          ],
          "text": "state"
        }
      },
      {
        "box": {
          "id": "obj-9",
          "maxclass": "newobj",
          "numinlets": 0,
          "numoutlets": 1,
          "outlettype": [
            ""
          ],
          "patching_rect": [
            100.0,
            426.0,
            145.0,
            22.0
          ],
          "text": "r nn-selftest-state"
        }
      },
      {
        "box": {
          "id": "obj-10",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "outlettype": [
            ""
          ],
          "patching_rect": [
            100.0,
            452.0,
            600.0,
            22.0
          ]
        }
      },
      {
        "box": {
          "id": "obj-11",
          "linecount": 1,
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            20.0,
            478.0,
            60.0,
            20.0
          ],
          "text": "report"
        }
      },
      {
        "box": {
          "id": "obj-12",
          "maxclass": "newobj",
          "numinlets": 0,
          "numoutlets": 1,
          "outlettype": [
            ""
          ],
          "patching_rect": [
            100.0,
            478.0,
            138.0,
            22.0
          ],
          "text": "r nn-selftest-path"
        }
      },
      {
        "box": {
          "id": "obj-13",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "outlettype": [
            ""
          ],
          "patching_rect": [
            100.0,
            504.0,
            600.0,
            22.0
          ]
        }
      },
      {
        "box": {
          "id": "obj-14",
          "maxclass": "newobj",
          "numinlets": 0,
          "numoutlets": 0,
          "patcher": {
            "appversion": {
              "architecture": "x64",
              "major": 8,
              "minor": 6,
              "modernui": 1,
              "revision": 5
            },
            "boxes": [
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-1",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    10.0,
                    940.0,
                    20.0
                  ],
                  "text": "nn.info asks the doctor, says when to play, collects what boxes answer, and writes the report"
                }
              },
              {
                "box": {
                  "id": "obj-2",
                  "maxclass": "newobj",
                  "numinlets": 0,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    88.0,
                    124.0,
                    22.0
                  ],
                  "text": "r nn-selftest-go"
                }
              },
              {
                "box": {
                  "id": "obj-3",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "bang",
                    "bang"
                  ],
                  "patching_rect": [
                    20.0,
                    114.0,
                    47.0,
                    22.0
                  ],
                  "text": "t b b"
                }
              },
              {
                "box": {
                  "id": "obj-4",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    140.0,
                    110.0,
                    22.0
                  ],
                  "text": "selftest begin"
                }
              },
              {
                "box": {
                  "id": "obj-5",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    140.0,
                    140.0,
                    257.0,
                    22.0
                  ],
                  "text": "set asking the doctor: some seconds"
                }
              },
              {
                "box": {
                  "id": "obj-6",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    140.0,
                    166.0,
                    145.0,
                    22.0
                  ],
                  "text": "s nn-selftest-state"
                }
              },
              {
                "box": {
                  "id": "obj-7",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 6,
                  "outlettype": [
                    "",
                    "",
                    "",
                    "",
                    "",
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    192.0,
                    120.0,
                    22.0
                  ],
                  "text": "nn.info"
                }
              },
              {
                "box": {
                  "id": "obj-8",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    218.0,
                    166.0,
                    22.0
                  ],
                  "text": "prepend selftest heard"
                }
              },
              {
                "box": {
                  "id": "obj-9",
                  "maxclass": "newobj",
                  "numinlets": 0,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    240.0,
                    218.0,
                    159.0,
                    22.0
                  ],
                  "text": "r nn-selftest-results"
                }
              },
              {
                "box": {
                  "id": "obj-10",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    240.0,
                    244.0,
                    173.0,
                    22.0
                  ],
                  "text": "prepend selftest result"
                }
              },
              {
                "box": {
                  "id": "obj-11",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 2,
                  "outlettype": [
                    "",
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    270.0,
                    110.0,
                    22.0
                  ],
                  "text": "route selftest"
                }
              },
              {
                "box": {
                  "id": "obj-12",
                  "maxclass": "newobj",
                  "numinlets": 4,
                  "numoutlets": 4,
                  "outlettype": [
                    "",
                    "",
                    "",
                    ""
                  ],
                  "patching_rect": [
                    170.0,
                    270.0,
                    187.0,
                    22.0
                  ],
                  "text": "route play written passed"
                }
              },
              {
                "box": {
                  "id": "obj-13",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 3,
                  "outlettype": [
                    "bang",
                    "bang",
                    "bang"
                  ],
                  "patching_rect": [
                    20.0,
                    296.0,
                    61.0,
                    22.0
                  ],
                  "text": "t b b b"
                }
              },
              {
                "box": {
                  "id": "obj-14",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    170.0,
                    296.0,
                    89.0,
                    22.0
                  ],
                  "text": "prepend set"
                }
              },
              {
                "box": {
                  "id": "obj-15",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "int",
                    "int"
                  ],
                  "patching_rect": [
                    280.0,
                    296.0,
                    47.0,
                    22.0
                  ],
                  "text": "t i i"
                }
              },
              {
                "box": {
                  "id": "obj-16",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    322.0,
                    89.0,
                    22.0
                  ],
                  "text": "; dsp start"
                }
              },
              {
                "box": {
                  "id": "obj-17",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    140.0,
                    322.0,
                    187.0,
                    22.0
                  ],
                  "text": "set playing and recording"
                }
              },
              {
                "box": {
                  "id": "obj-18",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 3,
                  "outlettype": [
                    "bang",
                    "bang",
                    ""
                  ],
                  "patching_rect": [
                    360.0,
                    322.0,
                    61.0,
                    22.0
                  ],
                  "text": "sel 1 0"
                }
              },
              {
                "box": {
                  "id": "obj-19",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    440.0,
                    322.0,
                    138.0,
                    22.0
                  ],
                  "text": "s nn-selftest-done"
                }
              },
              {
                "box": {
                  "id": "obj-20",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    610.0,
                    322.0,
                    138.0,
                    22.0
                  ],
                  "text": "s nn-selftest-path"
                }
              },
              {
                "box": {
                  "id": "obj-21",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    140.0,
                    348.0,
                    166.0,
                    22.0
                  ],
                  "text": "set every check passes"
                }
              },
              {
                "box": {
                  "id": "obj-22",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    360.0,
                    348.0,
                    250.0,
                    22.0
                  ],
                  "text": "set a check failed: see the report"
                }
              },
              {
                "box": {
                  "id": "obj-23",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "bang"
                  ],
                  "patching_rect": [
                    20.0,
                    374.0,
                    68.0,
                    22.0
                  ],
                  "text": "del 1500"
                }
              },
              {
                "box": {
                  "id": "obj-24",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "bang"
                  ],
                  "patching_rect": [
                    180.0,
                    374.0,
                    68.0,
                    22.0
                  ],
                  "text": "del 6500"
                }
              },
              {
                "box": {
                  "id": "obj-25",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "bang"
                  ],
                  "patching_rect": [
                    340.0,
                    374.0,
                    75.0,
                    22.0
                  ],
                  "text": "del 36500"
                }
              },
              {
                "box": {
                  "id": "obj-26",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 3,
                  "outlettype": [
                    "bang",
                    "bang",
                    "bang"
                  ],
                  "patching_rect": [
                    20.0,
                    400.0,
                    61.0,
                    22.0
                  ],
                  "text": "t b b b"
                }
              },
              {
                "box": {
                  "id": "obj-27",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    180.0,
                    400.0,
                    145.0,
                    22.0
                  ],
                  "text": "s nn-selftest-check"
                }
              },
              {
                "box": {
                  "id": "obj-28",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    340.0,
                    400.0,
                    96.0,
                    22.0
                  ],
                  "text": "selftest end"
                }
              },
              {
                "box": {
                  "id": "obj-29",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    426.0,
                    138.0,
                    22.0
                  ],
                  "text": "s nn-selftest-play"
                }
              },
              {
                "box": {
                  "id": "obj-30",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    180.0,
                    426.0,
                    250.0,
                    22.0
                  ],
                  "text": "; nn-selftest-boxes selftest begin"
                }
              },
              {
                "box": {
                  "id": "obj-31",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    460.0,
                    426.0,
                    131.0,
                    22.0
                  ],
                  "text": "set gain, methods"
                }
              }
            ],
            "classnamespace": "box",
            "fileversion": 1,
            "gridsize": [
              15.0,
              15.0
            ],
            "lines": [
              {
                "patchline": {
                  "destination": [
                    "obj-3",
                    0
                  ],
                  "source": [
                    "obj-2",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-5",
                    0
                  ],
                  "source": [
                    "obj-3",
                    1
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-4",
                    0
                  ],
                  "source": [
                    "obj-3",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-6",
                    0
                  ],
                  "source": [
                    "obj-5",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-7",
                    0
                  ],
                  "source": [
                    "obj-4",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-8",
                    0
                  ],
                  "source": [
                    "obj-7",
                    1
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-7",
                    0
                  ],
                  "source": [
                    "obj-8",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-10",
                    0
                  ],
                  "source": [
                    "obj-9",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-7",
                    0
                  ],
                  "source": [
                    "obj-10",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-11",
                    0
                  ],
                  "source": [
                    "obj-7",
                    4
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-12",
                    0
                  ],
                  "source": [
                    "obj-11",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-13",
                    0
                  ],
                  "source": [
                    "obj-12",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    0
                  ],
                  "source": [
                    "obj-12",
                    1
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-15",
                    0
                  ],
                  "source": [
                    "obj-12",
                    2
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-16",
                    0
                  ],
                  "source": [
                    "obj-13",
                    2
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-17",
                    0
                  ],
                  "source": [
                    "obj-13",
                    1
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-6",
                    0
                  ],
                  "source": [
                    "obj-17",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-23",
                    0
                  ],
                  "source": [
                    "obj-13",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-24",
                    0
                  ],
                  "source": [
                    "obj-13",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-25",
                    0
                  ],
                  "source": [
                    "obj-13",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-20",
                    0
                  ],
                  "source": [
                    "obj-14",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-18",
                    0
                  ],
                  "source": [
                    "obj-15",
                    1
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-19",
                    0
                  ],
                  "source": [
                    "obj-15",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-21",
                    0
                  ],
                  "source": [
                    "obj-18",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-22",
                    0
                  ],
                  "source": [
                    "obj-18",
                    1
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-6",
                    0
                  ],
                  "source": [
                    "obj-21",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-6",
                    0
                  ],
                  "source": [
                    "obj-22",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-26",
                    0
                  ],
                  "source": [
                    "obj-23",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-30",
                    0
                  ],
                  "source": [
                    "obj-26",
                    2
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-31",
                    0
                  ],
                  "source": [
                    "obj-26",
                    1
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-29",
                    0
                  ],
                  "source": [
                    "obj-26",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-7",
                    0
                  ],
                  "source": [
                    "obj-31",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-27",
                    0
                  ],
                  "source": [
                    "obj-24",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-28",
                    0
                  ],
                  "source": [
                    "obj-25",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-7",
                    0
                  ],
                  "source": [
                    "obj-28",
                    0
                  ]
                }
              }
            ],
            "rect": [
              80.0,
              80.0,
              1060.0,
              680.0
            ]
          },
          "patching_rect": [
            100.0,
            556.0,
            68.0,
            22.0
          ],
          "text": "p report"
        }
      },
      {
        "box": {
          "id": "obj-15",
          "linecount": 1,
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            760.0,
            88.0,
            120.0,
            20.0
          ],
          "text": "what it plays"
        }
      },
      {
        "box": {
          "id": "obj-16",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 2,
          "outlettype": [
            "float",
            "bang"
          ],
          "patching_rect": [
            760.0,
            114.0,
            285.0,
            22.0
          ],
          "text": "buffer~ nn-selftest-sound nn-speech.wav"
        }
      },
      {
        "box": {
          "id": "obj-17",
          "maxclass": "newobj",
          "numinlets": 0,
          "numoutlets": 0,
          "patcher": {
            "appversion": {
              "architecture": "x64",
              "major": 8,
              "minor": 6,
              "modernui": 1,
              "revision": 5
            },
            "boxes": [
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-1",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    10.0,
                    940.0,
                    20.0
                  ],
                  "text": "Plays, records, and has the box compare"
                }
              },
              {
                "box": {
                  "id": "obj-2",
                  "maxclass": "newobj",
                  "numinlets": 0,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    88.0,
                    138.0,
                    22.0
                  ],
                  "text": "r nn-selftest-play"
                }
              },
              {
                "box": {
                  "id": "obj-3",
                  "maxclass": "newobj",
                  "numinlets": 0,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    200.0,
                    88.0,
                    145.0,
                    22.0
                  ],
                  "text": "r nn-selftest-check"
                }
              },
              {
                "box": {
                  "id": "obj-4",
                  "maxclass": "newobj",
                  "numinlets": 0,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    400.0,
                    88.0,
                    145.0,
                    22.0
                  ],
                  "text": "r nn-selftest-boxes"
                }
              },
              {
                "box": {
                  "id": "obj-5",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    20.0,
                    140.0,
                    96.0,
                    22.0
                  ],
                  "text": "count~ 0 0 0"
                }
              },
              {
                "box": {
                  "id": "obj-6",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    140.0,
                    166.0,
                    180.0,
                    22.0
                  ],
                  "text": "index~ nn-selftest-sound"
                }
              },
              {
                "box": {
                  "id": "obj-7",
                  "maxclass": "newobj",
                  "numinlets": 3,
                  "numoutlets": 0,
                  "patching_rect": [
                    340.0,
                    192.0,
                    215.0,
                    22.0
                  ],
                  "text": "poke~ nn-selftest-identity-in"
                }
              },
              {
                "box": {
                  "id": "obj-8",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "float",
                    "bang"
                  ],
                  "patching_rect": [
                    570.0,
                    192.0,
                    264.0,
                    22.0
                  ],
                  "text": "buffer~ nn-selftest-identity-in 3500"
                }
              },
              {
                "box": {
                  "id": "obj-9",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    296.0,
                    502.0,
                    22.0
                  ],
                  "text": "selftest check identity nn-selftest-identity-in nn-selftest-identity-1"
                }
              },
              {
                "box": {
                  "id": "obj-10",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "signal",
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    322.0,
                    187.0,
                    22.0
                  ],
                  "text": "nn~ identity forward 2048"
                }
              },
              {
                "box": {
                  "id": "obj-11",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 2,
                  "outlettype": [
                    "",
                    ""
                  ],
                  "patching_rect": [
                    580.0,
                    374.0,
                    110.0,
                    22.0
                  ],
                  "text": "route selftest"
                }
              },
              {
                "box": {
                  "id": "obj-12",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    700.0,
                    374.0,
                    159.0,
                    22.0
                  ],
                  "text": "s nn-selftest-results"
                }
              },
              {
                "box": {
                  "id": "obj-13",
                  "maxclass": "newobj",
                  "numinlets": 3,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    374.0,
                    208.0,
                    22.0
                  ],
                  "text": "poke~ nn-selftest-identity-1"
                }
              },
              {
                "box": {
                  "id": "obj-14",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "float",
                    "bang"
                  ],
                  "patching_rect": [
                    250.0,
                    374.0,
                    257.0,
                    22.0
                  ],
                  "text": "buffer~ nn-selftest-identity-1 3500"
                }
              }
            ],
            "classnamespace": "box",
            "fileversion": 1,
            "gridsize": [
              15.0,
              15.0
            ],
            "lines": [
              {
                "patchline": {
                  "destination": [
                    "obj-5",
                    0
                  ],
                  "source": [
                    "obj-2",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-6",
                    0
                  ],
                  "source": [
                    "obj-5",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-7",
                    0
                  ],
                  "source": [
                    "obj-6",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-7",
                    1
                  ],
                  "source": [
                    "obj-5",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-10",
                    0
                  ],
                  "source": [
                    "obj-6",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-9",
                    0
                  ],
                  "source": [
                    "obj-3",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-10",
                    0
                  ],
                  "source": [
                    "obj-9",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-10",
                    0
                  ],
                  "source": [
                    "obj-4",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-11",
                    0
                  ],
                  "source": [
                    "obj-10",
                    1
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-12",
                    0
                  ],
                  "source": [
                    "obj-11",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-13",
                    0
                  ],
                  "source": [
                    "obj-10",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-13",
                    1
                  ],
                  "source": [
                    "obj-5",
                    0
                  ]
                }
              }
            ],
            "rect": [
              80.0,
              80.0,
              1060.0,
              680.0
            ]
          },
          "patching_rect": [
            760.0,
            140.0,
            82.0,
            22.0
          ],
          "text": "p identity"
        }
      },
      {
        "box": {
          "id": "obj-18",
          "maxclass": "newobj",
          "numinlets": 0,
          "numoutlets": 0,
          "patcher": {
            "appversion": {
              "architecture": "x64",
              "major": 8,
              "minor": 6,
              "modernui": 1,
              "revision": 5
            },
            "boxes": [
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-1",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    10.0,
                    940.0,
                    20.0
                  ],
                  "text": "Plays, records, and has the box compare"
                }
              },
              {
                "box": {
                  "id": "obj-2",
                  "maxclass": "newobj",
                  "numinlets": 0,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    88.0,
                    138.0,
                    22.0
                  ],
                  "text": "r nn-selftest-play"
                }
              },
              {
                "box": {
                  "id": "obj-3",
                  "maxclass": "newobj",
                  "numinlets": 0,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    200.0,
                    88.0,
                    145.0,
                    22.0
                  ],
                  "text": "r nn-selftest-check"
                }
              },
              {
                "box": {
                  "id": "obj-4",
                  "maxclass": "newobj",
                  "numinlets": 0,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    400.0,
                    88.0,
                    145.0,
                    22.0
                  ],
                  "text": "r nn-selftest-boxes"
                }
              },
              {
                "box": {
                  "id": "obj-5",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    20.0,
                    140.0,
                    96.0,
                    22.0
                  ],
                  "text": "count~ 0 0 0"
                }
              },
              {
                "box": {
                  "id": "obj-6",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    140.0,
                    166.0,
                    180.0,
                    22.0
                  ],
                  "text": "index~ nn-selftest-sound"
                }
              },
              {
                "box": {
                  "id": "obj-7",
                  "maxclass": "newobj",
                  "numinlets": 3,
                  "numoutlets": 0,
                  "patching_rect": [
                    340.0,
                    192.0,
                    187.0,
                    22.0
                  ],
                  "text": "poke~ nn-selftest-gain-in"
                }
              },
              {
                "box": {
                  "id": "obj-8",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "float",
                    "bang"
                  ],
                  "patching_rect": [
                    570.0,
                    192.0,
                    236.0,
                    22.0
                  ],
                  "text": "buffer~ nn-selftest-gain-in 3500"
                }
              },
              {
                "box": {
                  "id": "obj-9",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    296.0,
                    418.0,
                    22.0
                  ],
                  "text": "selftest check gain nn-selftest-gain-in nn-selftest-gain-1"
                }
              },
              {
                "box": {
                  "id": "obj-10",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "signal",
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    322.0,
                    159.0,
                    22.0
                  ],
                  "text": "nn~ gain forward 2048"
                }
              },
              {
                "box": {
                  "id": "obj-11",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 2,
                  "outlettype": [
                    "",
                    ""
                  ],
                  "patching_rect": [
                    580.0,
                    374.0,
                    110.0,
                    22.0
                  ],
                  "text": "route selftest"
                }
              },
              {
                "box": {
                  "id": "obj-12",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    700.0,
                    374.0,
                    159.0,
                    22.0
                  ],
                  "text": "s nn-selftest-results"
                }
              },
              {
                "box": {
                  "id": "obj-13",
                  "maxclass": "newobj",
                  "numinlets": 3,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    374.0,
                    180.0,
                    22.0
                  ],
                  "text": "poke~ nn-selftest-gain-1"
                }
              },
              {
                "box": {
                  "id": "obj-14",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "float",
                    "bang"
                  ],
                  "patching_rect": [
                    250.0,
                    374.0,
                    229.0,
                    22.0
                  ],
                  "text": "buffer~ nn-selftest-gain-1 3500"
                }
              },
              {
                "box": {
                  "id": "obj-15",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    "bang"
                  ],
                  "patching_rect": [
                    580.0,
                    426.0,
                    68.0,
                    22.0
                  ],
                  "text": "loadbang"
                }
              },
              {
                "box": {
                  "id": "obj-16",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    680.0,
                    426.0,
                    96.0,
                    22.0
                  ],
                  "text": "set gain 0.5"
                }
              }
            ],
            "classnamespace": "box",
            "fileversion": 1,
            "gridsize": [
              15.0,
              15.0
            ],
            "lines": [
              {
                "patchline": {
                  "destination": [
                    "obj-5",
                    0
                  ],
                  "source": [
                    "obj-2",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-6",
                    0
                  ],
                  "source": [
                    "obj-5",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-7",
                    0
                  ],
                  "source": [
                    "obj-6",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-7",
                    1
                  ],
                  "source": [
                    "obj-5",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-10",
                    0
                  ],
                  "source": [
                    "obj-6",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-9",
                    0
                  ],
                  "source": [
                    "obj-3",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-10",
                    0
                  ],
                  "source": [
                    "obj-9",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-10",
                    0
                  ],
                  "source": [
                    "obj-4",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-11",
                    0
                  ],
                  "source": [
                    "obj-10",
                    1
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-12",
                    0
                  ],
                  "source": [
                    "obj-11",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-13",
                    0
                  ],
                  "source": [
                    "obj-10",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-13",
                    1
                  ],
                  "source": [
                    "obj-5",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-16",
                    0
                  ],
                  "source": [
                    "obj-15",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-10",
                    0
                  ],
                  "source": [
                    "obj-16",
                    0
                  ]
                }
              }
            ],
            "rect": [
              80.0,
              80.0,
              1060.0,
              680.0
            ]
          },
          "patching_rect": [
            760.0,
            166.0,
            54.0,
            22.0
          ],
          "text": "p gain"
        }
      },
      {
        "box": {
          "id": "obj-19",
          "maxclass": "newobj",
          "numinlets": 0,
          "numoutlets": 0,
          "patcher": {
            "appversion": {
              "architecture": "x64",
              "major": 8,
              "minor": 6,
              "modernui": 1,
              "revision": 5
            },
            "boxes": [
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-1",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    10.0,
                    940.0,
                    20.0
                  ],
                  "text": "Plays, records, and has the box compare"
                }
              },
              {
                "box": {
                  "id": "obj-2",
                  "maxclass": "newobj",
                  "numinlets": 0,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    88.0,
                    138.0,
                    22.0
                  ],
                  "text": "r nn-selftest-play"
                }
              },
              {
                "box": {
                  "id": "obj-3",
                  "maxclass": "newobj",
                  "numinlets": 0,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    200.0,
                    88.0,
                    145.0,
                    22.0
                  ],
                  "text": "r nn-selftest-check"
                }
              },
              {
                "box": {
                  "id": "obj-4",
                  "maxclass": "newobj",
                  "numinlets": 0,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    400.0,
                    88.0,
                    145.0,
                    22.0
                  ],
                  "text": "r nn-selftest-boxes"
                }
              },
              {
                "box": {
                  "id": "obj-5",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    20.0,
                    140.0,
                    96.0,
                    22.0
                  ],
                  "text": "count~ 0 0 0"
                }
              },
              {
                "box": {
                  "id": "obj-6",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    140.0,
                    166.0,
                    180.0,
                    22.0
                  ],
                  "text": "index~ nn-selftest-sound"
                }
              },
              {
                "box": {
                  "id": "obj-7",
                  "maxclass": "newobj",
                  "numinlets": 3,
                  "numoutlets": 0,
                  "patching_rect": [
                    340.0,
                    192.0,
                    194.0,
                    22.0
                  ],
                  "text": "poke~ nn-selftest-codec-in"
                }
              },
              {
                "box": {
                  "id": "obj-8",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "float",
                    "bang"
                  ],
                  "patching_rect": [
                    570.0,
                    192.0,
                    243.0,
                    22.0
                  ],
                  "text": "buffer~ nn-selftest-codec-in 3500"
                }
              },
              {
                "box": {
                  "id": "obj-9",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    296.0,
                    439.0,
                    22.0
                  ],
                  "text": "selftest check codec nn-selftest-codec-in nn-selftest-codec-1"
                }
              },
              {
                "box": {
                  "id": "obj-10",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "signal",
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    322.0,
                    166.0,
                    22.0
                  ],
                  "text": "nn~ codec forward 2048"
                }
              },
              {
                "box": {
                  "id": "obj-11",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 2,
                  "outlettype": [
                    "",
                    ""
                  ],
                  "patching_rect": [
                    580.0,
                    374.0,
                    110.0,
                    22.0
                  ],
                  "text": "route selftest"
                }
              },
              {
                "box": {
                  "id": "obj-12",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    700.0,
                    374.0,
                    159.0,
                    22.0
                  ],
                  "text": "s nn-selftest-results"
                }
              },
              {
                "box": {
                  "id": "obj-13",
                  "maxclass": "newobj",
                  "numinlets": 3,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    374.0,
                    187.0,
                    22.0
                  ],
                  "text": "poke~ nn-selftest-codec-1"
                }
              },
              {
                "box": {
                  "id": "obj-14",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "float",
                    "bang"
                  ],
                  "patching_rect": [
                    250.0,
                    374.0,
                    236.0,
                    22.0
                  ],
                  "text": "buffer~ nn-selftest-codec-1 3500"
                }
              },
              {
                "box": {
                  "id": "obj-15",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    20.0,
                    426.0,
                    54.0,
                    22.0
                  ],
                  "text": "*~ 0.3"
                }
              },
              {
                "box": {
                  "id": "obj-16",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 0,
                  "patching_rect": [
                    120.0,
                    426.0,
                    40.0,
                    22.0
                  ],
                  "text": "dac~"
                }
              }
            ],
            "classnamespace": "box",
            "fileversion": 1,
            "gridsize": [
              15.0,
              15.0
            ],
            "lines": [
              {
                "patchline": {
                  "destination": [
                    "obj-5",
                    0
                  ],
                  "source": [
                    "obj-2",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-6",
                    0
                  ],
                  "source": [
                    "obj-5",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-7",
                    0
                  ],
                  "source": [
                    "obj-6",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-7",
                    1
                  ],
                  "source": [
                    "obj-5",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-10",
                    0
                  ],
                  "source": [
                    "obj-6",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-9",
                    0
                  ],
                  "source": [
                    "obj-3",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-10",
                    0
                  ],
                  "source": [
                    "obj-9",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-10",
                    0
                  ],
                  "source": [
                    "obj-4",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-11",
                    0
                  ],
                  "source": [
                    "obj-10",
                    1
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-12",
                    0
                  ],
                  "source": [
                    "obj-11",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-13",
                    0
                  ],
                  "source": [
                    "obj-10",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-13",
                    1
                  ],
                  "source": [
                    "obj-5",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-15",
                    0
                  ],
                  "source": [
                    "obj-10",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-16",
                    0
                  ],
                  "source": [
                    "obj-15",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-16",
                    1
                  ],
                  "source": [
                    "obj-15",
                    0
                  ]
                }
              }
            ],
            "rect": [
              80.0,
              80.0,
              1060.0,
              680.0
            ]
          },
          "patching_rect": [
            760.0,
            192.0,
            61.0,
            22.0
          ],
          "text": "p codec"
        }
      },
      {
        "box": {
          "id": "obj-20",
          "maxclass": "newobj",
          "numinlets": 0,
          "numoutlets": 0,
          "patcher": {
            "appversion": {
              "architecture": "x64",
              "major": 8,
              "minor": 6,
              "modernui": 1,
              "revision": 5
            },
            "boxes": [
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-1",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    10.0,
                    940.0,
                    20.0
                  ],
                  "text": "Plays, records, and has the box compare"
                }
              },
              {
                "box": {
                  "id": "obj-2",
                  "maxclass": "newobj",
                  "numinlets": 0,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    88.0,
                    138.0,
                    22.0
                  ],
                  "text": "r nn-selftest-play"
                }
              },
              {
                "box": {
                  "id": "obj-3",
                  "maxclass": "newobj",
                  "numinlets": 0,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    200.0,
                    88.0,
                    145.0,
                    22.0
                  ],
                  "text": "r nn-selftest-check"
                }
              },
              {
                "box": {
                  "id": "obj-4",
                  "maxclass": "newobj",
                  "numinlets": 0,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    400.0,
                    88.0,
                    145.0,
                    22.0
                  ],
                  "text": "r nn-selftest-boxes"
                }
              },
              {
                "box": {
                  "id": "obj-5",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    20.0,
                    140.0,
                    96.0,
                    22.0
                  ],
                  "text": "count~ 0 0 0"
                }
              },
              {
                "box": {
                  "id": "obj-6",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    140.0,
                    166.0,
                    180.0,
                    22.0
                  ],
                  "text": "index~ nn-selftest-sound"
                }
              },
              {
                "box": {
                  "id": "obj-7",
                  "maxclass": "newobj",
                  "numinlets": 3,
                  "numoutlets": 0,
                  "patching_rect": [
                    340.0,
                    192.0,
                    201.0,
                    22.0
                  ],
                  "text": "poke~ nn-selftest-encode-in"
                }
              },
              {
                "box": {
                  "id": "obj-8",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "float",
                    "bang"
                  ],
                  "patching_rect": [
                    570.0,
                    192.0,
                    250.0,
                    22.0
                  ],
                  "text": "buffer~ nn-selftest-encode-in 3500"
                }
              },
              {
                "box": {
                  "id": "obj-9",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    296.0,
                    313.0,
                    22.0
                  ],
                  "text": "selftest check encode nn-selftest-encode-in"
                }
              },
              {
                "box": {
                  "id": "obj-10",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 25,
                  "outlettype": [
                    "signal",
                    "signal",
                    "signal",
                    "signal",
                    "signal",
                    "signal",
                    "signal",
                    "signal",
                    "signal",
                    "signal",
                    "signal",
                    "signal",
                    "signal",
                    "signal",
                    "signal",
                    "signal",
                    "signal",
                    "signal",
                    "signal",
                    "signal",
                    "signal",
                    "signal",
                    "signal",
                    "signal",
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    322.0,
                    500.0,
                    22.0
                  ],
                  "text": "nn~ codec encode 2048"
                }
              },
              {
                "box": {
                  "id": "obj-11",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 2,
                  "outlettype": [
                    "",
                    ""
                  ],
                  "patching_rect": [
                    580.0,
                    374.0,
                    110.0,
                    22.0
                  ],
                  "text": "route selftest"
                }
              },
              {
                "box": {
                  "id": "obj-12",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    700.0,
                    374.0,
                    159.0,
                    22.0
                  ],
                  "text": "s nn-selftest-results"
                }
              },
              {
                "box": {
                  "id": "obj-13",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    478.0,
                    460.0,
                    22.0
                  ],
                  "text": "selftest check decode nn-selftest-encode-in nn-selftest-decode-1"
                }
              },
              {
                "box": {
                  "id": "obj-14",
                  "maxclass": "newobj",
                  "numinlets": 24,
                  "numoutlets": 2,
                  "outlettype": [
                    "signal",
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    504.0,
                    480.0,
                    22.0
                  ],
                  "text": "nn~ codec decode 2048"
                }
              },
              {
                "box": {
                  "id": "obj-15",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 2,
                  "outlettype": [
                    "",
                    ""
                  ],
                  "patching_rect": [
                    580.0,
                    556.0,
                    110.0,
                    22.0
                  ],
                  "text": "route selftest"
                }
              },
              {
                "box": {
                  "id": "obj-16",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    700.0,
                    556.0,
                    159.0,
                    22.0
                  ],
                  "text": "s nn-selftest-results"
                }
              },
              {
                "box": {
                  "id": "obj-17",
                  "maxclass": "newobj",
                  "numinlets": 3,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    556.0,
                    194.0,
                    22.0
                  ],
                  "text": "poke~ nn-selftest-decode-1"
                }
              },
              {
                "box": {
                  "id": "obj-18",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "float",
                    "bang"
                  ],
                  "patching_rect": [
                    250.0,
                    556.0,
                    243.0,
                    22.0
                  ],
                  "text": "buffer~ nn-selftest-decode-1 3500"
                }
              }
            ],
            "classnamespace": "box",
            "fileversion": 1,
            "gridsize": [
              15.0,
              15.0
            ],
            "lines": [
              {
                "patchline": {
                  "destination": [
                    "obj-5",
                    0
                  ],
                  "source": [
                    "obj-2",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-6",
                    0
                  ],
                  "source": [
                    "obj-5",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-7",
                    0
                  ],
                  "source": [
                    "obj-6",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-7",
                    1
                  ],
                  "source": [
                    "obj-5",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-10",
                    0
                  ],
                  "source": [
                    "obj-6",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-9",
                    0
                  ],
                  "source": [
                    "obj-3",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-10",
                    0
                  ],
                  "source": [
                    "obj-9",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-10",
                    0
                  ],
                  "source": [
                    "obj-4",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-11",
                    0
                  ],
                  "source": [
                    "obj-10",
                    24
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-12",
                    0
                  ],
                  "source": [
                    "obj-11",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    0
                  ],
                  "source": [
                    "obj-10",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    1
                  ],
                  "source": [
                    "obj-10",
                    1
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    2
                  ],
                  "source": [
                    "obj-10",
                    2
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    3
                  ],
                  "source": [
                    "obj-10",
                    3
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    4
                  ],
                  "source": [
                    "obj-10",
                    4
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    5
                  ],
                  "source": [
                    "obj-10",
                    5
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    6
                  ],
                  "source": [
                    "obj-10",
                    6
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    7
                  ],
                  "source": [
                    "obj-10",
                    7
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    8
                  ],
                  "source": [
                    "obj-10",
                    8
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    9
                  ],
                  "source": [
                    "obj-10",
                    9
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    10
                  ],
                  "source": [
                    "obj-10",
                    10
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    11
                  ],
                  "source": [
                    "obj-10",
                    11
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    12
                  ],
                  "source": [
                    "obj-10",
                    12
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    13
                  ],
                  "source": [
                    "obj-10",
                    13
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    14
                  ],
                  "source": [
                    "obj-10",
                    14
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    15
                  ],
                  "source": [
                    "obj-10",
                    15
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    16
                  ],
                  "source": [
                    "obj-10",
                    16
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    17
                  ],
                  "source": [
                    "obj-10",
                    17
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    18
                  ],
                  "source": [
                    "obj-10",
                    18
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    19
                  ],
                  "source": [
                    "obj-10",
                    19
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    20
                  ],
                  "source": [
                    "obj-10",
                    20
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    21
                  ],
                  "source": [
                    "obj-10",
                    21
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    22
                  ],
                  "source": [
                    "obj-10",
                    22
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    23
                  ],
                  "source": [
                    "obj-10",
                    23
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-13",
                    0
                  ],
                  "source": [
                    "obj-3",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    0
                  ],
                  "source": [
                    "obj-13",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    0
                  ],
                  "source": [
                    "obj-4",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-15",
                    0
                  ],
                  "source": [
                    "obj-14",
                    1
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-16",
                    0
                  ],
                  "source": [
                    "obj-15",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-17",
                    0
                  ],
                  "source": [
                    "obj-14",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-17",
                    1
                  ],
                  "source": [
                    "obj-5",
                    0
                  ]
                }
              }
            ],
            "rect": [
              80.0,
              80.0,
              1060.0,
              680.0
            ]
          },
          "patching_rect": [
            760.0,
            218.0,
            68.0,
            22.0
          ],
          "text": "p encode"
        }
      },
      {
        "box": {
          "id": "obj-21",
          "maxclass": "newobj",
          "numinlets": 0,
          "numoutlets": 0,
          "patcher": {
            "appversion": {
              "architecture": "x64",
              "major": 8,
              "minor": 6,
              "modernui": 1,
              "revision": 5
            },
            "boxes": [
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-1",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    10.0,
                    940.0,
                    20.0
                  ],
                  "text": "Plays, records, and has the box compare"
                }
              },
              {
                "box": {
                  "id": "obj-2",
                  "maxclass": "newobj",
                  "numinlets": 0,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    88.0,
                    138.0,
                    22.0
                  ],
                  "text": "r nn-selftest-play"
                }
              },
              {
                "box": {
                  "id": "obj-3",
                  "maxclass": "newobj",
                  "numinlets": 0,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    200.0,
                    88.0,
                    145.0,
                    22.0
                  ],
                  "text": "r nn-selftest-check"
                }
              },
              {
                "box": {
                  "id": "obj-4",
                  "maxclass": "newobj",
                  "numinlets": 0,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    400.0,
                    88.0,
                    145.0,
                    22.0
                  ],
                  "text": "r nn-selftest-boxes"
                }
              },
              {
                "box": {
                  "id": "obj-5",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    20.0,
                    140.0,
                    96.0,
                    22.0
                  ],
                  "text": "count~ 0 0 0"
                }
              },
              {
                "box": {
                  "id": "obj-6",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    140.0,
                    166.0,
                    180.0,
                    22.0
                  ],
                  "text": "index~ nn-selftest-sound"
                }
              },
              {
                "box": {
                  "id": "obj-7",
                  "maxclass": "newobj",
                  "numinlets": 3,
                  "numoutlets": 0,
                  "patching_rect": [
                    340.0,
                    192.0,
                    215.0,
                    22.0
                  ],
                  "text": "poke~ nn-selftest-features-in"
                }
              },
              {
                "box": {
                  "id": "obj-8",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "float",
                    "bang"
                  ],
                  "patching_rect": [
                    570.0,
                    192.0,
                    264.0,
                    22.0
                  ],
                  "text": "buffer~ nn-selftest-features-in 3500"
                }
              },
              {
                "box": {
                  "id": "obj-9",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    296.0,
                    502.0,
                    22.0
                  ],
                  "text": "selftest check features nn-selftest-features-in nn-selftest-features-1"
                }
              },
              {
                "box": {
                  "id": "obj-10",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "signal",
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    322.0,
                    187.0,
                    22.0
                  ],
                  "text": "nn~ features forward 2048"
                }
              },
              {
                "box": {
                  "id": "obj-11",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 2,
                  "outlettype": [
                    "",
                    ""
                  ],
                  "patching_rect": [
                    580.0,
                    374.0,
                    110.0,
                    22.0
                  ],
                  "text": "route selftest"
                }
              },
              {
                "box": {
                  "id": "obj-12",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    700.0,
                    374.0,
                    159.0,
                    22.0
                  ],
                  "text": "s nn-selftest-results"
                }
              },
              {
                "box": {
                  "id": "obj-13",
                  "maxclass": "newobj",
                  "numinlets": 3,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    374.0,
                    208.0,
                    22.0
                  ],
                  "text": "poke~ nn-selftest-features-1"
                }
              },
              {
                "box": {
                  "id": "obj-14",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "float",
                    "bang"
                  ],
                  "patching_rect": [
                    250.0,
                    374.0,
                    257.0,
                    22.0
                  ],
                  "text": "buffer~ nn-selftest-features-1 3500"
                }
              }
            ],
            "classnamespace": "box",
            "fileversion": 1,
            "gridsize": [
              15.0,
              15.0
            ],
            "lines": [
              {
                "patchline": {
                  "destination": [
                    "obj-5",
                    0
                  ],
                  "source": [
                    "obj-2",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-6",
                    0
                  ],
                  "source": [
                    "obj-5",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-7",
                    0
                  ],
                  "source": [
                    "obj-6",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-7",
                    1
                  ],
                  "source": [
                    "obj-5",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-10",
                    0
                  ],
                  "source": [
                    "obj-6",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-9",
                    0
                  ],
                  "source": [
                    "obj-3",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-10",
                    0
                  ],
                  "source": [
                    "obj-9",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-10",
                    0
                  ],
                  "source": [
                    "obj-4",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-11",
                    0
                  ],
                  "source": [
                    "obj-10",
                    1
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-12",
                    0
                  ],
                  "source": [
                    "obj-11",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-13",
                    0
                  ],
                  "source": [
                    "obj-10",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-13",
                    1
                  ],
                  "source": [
                    "obj-5",
                    0
                  ]
                }
              }
            ],
            "rect": [
              80.0,
              80.0,
              1060.0,
              680.0
            ]
          },
          "patching_rect": [
            760.0,
            244.0,
            82.0,
            22.0
          ],
          "text": "p features"
        }
      },
      {
        "box": {
          "id": "obj-22",
          "maxclass": "newobj",
          "numinlets": 0,
          "numoutlets": 0,
          "patcher": {
            "appversion": {
              "architecture": "x64",
              "major": 8,
              "minor": 6,
              "modernui": 1,
              "revision": 5
            },
            "boxes": [
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-1",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    10.0,
                    940.0,
                    20.0
                  ],
                  "text": "Plays, records, and has the box compare"
                }
              },
              {
                "box": {
                  "id": "obj-2",
                  "maxclass": "newobj",
                  "numinlets": 0,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    88.0,
                    138.0,
                    22.0
                  ],
                  "text": "r nn-selftest-play"
                }
              },
              {
                "box": {
                  "id": "obj-3",
                  "maxclass": "newobj",
                  "numinlets": 0,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    200.0,
                    88.0,
                    145.0,
                    22.0
                  ],
                  "text": "r nn-selftest-check"
                }
              },
              {
                "box": {
                  "id": "obj-4",
                  "maxclass": "newobj",
                  "numinlets": 0,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    400.0,
                    88.0,
                    145.0,
                    22.0
                  ],
                  "text": "r nn-selftest-boxes"
                }
              },
              {
                "box": {
                  "id": "obj-5",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    20.0,
                    140.0,
                    96.0,
                    22.0
                  ],
                  "text": "count~ 0 0 0"
                }
              },
              {
                "box": {
                  "id": "obj-6",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    140.0,
                    166.0,
                    180.0,
                    22.0
                  ],
                  "text": "index~ nn-selftest-sound"
                }
              },
              {
                "box": {
                  "id": "obj-7",
                  "maxclass": "newobj",
                  "numinlets": 3,
                  "numoutlets": 0,
                  "patching_rect": [
                    340.0,
                    192.0,
                    222.0,
                    22.0
                  ],
                  "text": "poke~ nn-selftest-generator-in"
                }
              },
              {
                "box": {
                  "id": "obj-8",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "float",
                    "bang"
                  ],
                  "patching_rect": [
                    570.0,
                    192.0,
                    271.0,
                    22.0
                  ],
                  "text": "buffer~ nn-selftest-generator-in 3500"
                }
              },
              {
                "box": {
                  "id": "obj-9",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    296.0,
                    523.0,
                    22.0
                  ],
                  "text": "selftest check generator nn-selftest-generator-in nn-selftest-generator-1"
                }
              },
              {
                "box": {
                  "id": "obj-10",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "signal",
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    322.0,
                    194.0,
                    22.0
                  ],
                  "text": "nn~ generator forward 2048"
                }
              },
              {
                "box": {
                  "id": "obj-11",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 2,
                  "outlettype": [
                    "",
                    ""
                  ],
                  "patching_rect": [
                    580.0,
                    374.0,
                    110.0,
                    22.0
                  ],
                  "text": "route selftest"
                }
              },
              {
                "box": {
                  "id": "obj-12",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    700.0,
                    374.0,
                    159.0,
                    22.0
                  ],
                  "text": "s nn-selftest-results"
                }
              },
              {
                "box": {
                  "id": "obj-13",
                  "maxclass": "newobj",
                  "numinlets": 3,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    374.0,
                    215.0,
                    22.0
                  ],
                  "text": "poke~ nn-selftest-generator-1"
                }
              },
              {
                "box": {
                  "id": "obj-14",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "float",
                    "bang"
                  ],
                  "patching_rect": [
                    250.0,
                    374.0,
                    264.0,
                    22.0
                  ],
                  "text": "buffer~ nn-selftest-generator-1 3500"
                }
              },
              {
                "box": {
                  "id": "obj-15",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    "bang"
                  ],
                  "patching_rect": [
                    580.0,
                    426.0,
                    68.0,
                    22.0
                  ],
                  "text": "loadbang"
                }
              },
              {
                "box": {
                  "id": "obj-16",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    680.0,
                    426.0,
                    131.0,
                    22.0
                  ],
                  "text": "set frequency 440"
                }
              }
            ],
            "classnamespace": "box",
            "fileversion": 1,
            "gridsize": [
              15.0,
              15.0
            ],
            "lines": [
              {
                "patchline": {
                  "destination": [
                    "obj-5",
                    0
                  ],
                  "source": [
                    "obj-2",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-6",
                    0
                  ],
                  "source": [
                    "obj-5",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-7",
                    0
                  ],
                  "source": [
                    "obj-6",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-7",
                    1
                  ],
                  "source": [
                    "obj-5",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-9",
                    0
                  ],
                  "source": [
                    "obj-3",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-10",
                    0
                  ],
                  "source": [
                    "obj-9",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-10",
                    0
                  ],
                  "source": [
                    "obj-4",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-11",
                    0
                  ],
                  "source": [
                    "obj-10",
                    1
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-12",
                    0
                  ],
                  "source": [
                    "obj-11",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-13",
                    0
                  ],
                  "source": [
                    "obj-10",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-13",
                    1
                  ],
                  "source": [
                    "obj-5",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-16",
                    0
                  ],
                  "source": [
                    "obj-15",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-10",
                    0
                  ],
                  "source": [
                    "obj-16",
                    0
                  ]
                }
              }
            ],
            "rect": [
              80.0,
              80.0,
              1060.0,
              680.0
            ]
          },
          "patching_rect": [
            760.0,
            270.0,
            89.0,
            22.0
          ],
          "text": "p generator"
        }
      },
      {
        "box": {
          "id": "obj-23",
          "maxclass": "newobj",
          "numinlets": 0,
          "numoutlets": 0,
          "patcher": {
            "appversion": {
              "architecture": "x64",
              "major": 8,
              "minor": 6,
              "modernui": 1,
              "revision": 5
            },
            "boxes": [
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-1",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    10.0,
                    940.0,
                    20.0
                  ],
                  "text": "Plays, records, and has the box compare"
                }
              },
              {
                "box": {
                  "id": "obj-2",
                  "maxclass": "newobj",
                  "numinlets": 0,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    88.0,
                    138.0,
                    22.0
                  ],
                  "text": "r nn-selftest-play"
                }
              },
              {
                "box": {
                  "id": "obj-3",
                  "maxclass": "newobj",
                  "numinlets": 0,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    200.0,
                    88.0,
                    145.0,
                    22.0
                  ],
                  "text": "r nn-selftest-check"
                }
              },
              {
                "box": {
                  "id": "obj-4",
                  "maxclass": "newobj",
                  "numinlets": 0,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    400.0,
                    88.0,
                    145.0,
                    22.0
                  ],
                  "text": "r nn-selftest-boxes"
                }
              },
              {
                "box": {
                  "id": "obj-5",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    20.0,
                    140.0,
                    96.0,
                    22.0
                  ],
                  "text": "count~ 0 0 0"
                }
              },
              {
                "box": {
                  "id": "obj-6",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    140.0,
                    166.0,
                    180.0,
                    22.0
                  ],
                  "text": "index~ nn-selftest-sound"
                }
              },
              {
                "box": {
                  "id": "obj-7",
                  "maxclass": "newobj",
                  "numinlets": 3,
                  "numoutlets": 0,
                  "patching_rect": [
                    340.0,
                    192.0,
                    173.0,
                    22.0
                  ],
                  "text": "poke~ nn-selftest-mc-in"
                }
              },
              {
                "box": {
                  "id": "obj-8",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "float",
                    "bang"
                  ],
                  "patching_rect": [
                    570.0,
                    192.0,
                    222.0,
                    22.0
                  ],
                  "text": "buffer~ nn-selftest-mc-in 3500"
                }
              },
              {
                "box": {
                  "id": "obj-9",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    20.0,
                    244.0,
                    61.0,
                    22.0
                  ],
                  "text": "*~ -0.5"
                }
              },
              {
                "box": {
                  "id": "obj-10",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "multichannelsignal"
                  ],
                  "patching_rect": [
                    20.0,
                    270.0,
                    82.0,
                    22.0
                  ],
                  "text": "mc.pack~ 2"
                }
              },
              {
                "box": {
                  "id": "obj-11",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    296.0,
                    495.0,
                    22.0
                  ],
                  "text": "selftest check mc nn-selftest-mc-in nn-selftest-mc-1 nn-selftest-mc-2"
                }
              },
              {
                "box": {
                  "id": "obj-12",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "multichannelsignal",
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    322.0,
                    187.0,
                    22.0
                  ],
                  "text": "mc.nn~ delay forward 2048"
                }
              },
              {
                "box": {
                  "id": "obj-13",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 2,
                  "outlettype": [
                    "",
                    ""
                  ],
                  "patching_rect": [
                    580.0,
                    374.0,
                    110.0,
                    22.0
                  ],
                  "text": "route selftest"
                }
              },
              {
                "box": {
                  "id": "obj-14",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    700.0,
                    374.0,
                    159.0,
                    22.0
                  ],
                  "text": "s nn-selftest-results"
                }
              },
              {
                "box": {
                  "id": "obj-15",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "signal",
                    "signal"
                  ],
                  "patching_rect": [
                    20.0,
                    374.0,
                    96.0,
                    22.0
                  ],
                  "text": "mc.unpack~ 2"
                }
              },
              {
                "box": {
                  "id": "obj-16",
                  "maxclass": "newobj",
                  "numinlets": 3,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    400.0,
                    166.0,
                    22.0
                  ],
                  "text": "poke~ nn-selftest-mc-1"
                }
              },
              {
                "box": {
                  "id": "obj-17",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "float",
                    "bang"
                  ],
                  "patching_rect": [
                    250.0,
                    400.0,
                    215.0,
                    22.0
                  ],
                  "text": "buffer~ nn-selftest-mc-1 3500"
                }
              },
              {
                "box": {
                  "id": "obj-18",
                  "maxclass": "newobj",
                  "numinlets": 3,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    426.0,
                    166.0,
                    22.0
                  ],
                  "text": "poke~ nn-selftest-mc-2"
                }
              },
              {
                "box": {
                  "id": "obj-19",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "float",
                    "bang"
                  ],
                  "patching_rect": [
                    250.0,
                    426.0,
                    215.0,
                    22.0
                  ],
                  "text": "buffer~ nn-selftest-mc-2 3500"
                }
              }
            ],
            "classnamespace": "box",
            "fileversion": 1,
            "gridsize": [
              15.0,
              15.0
            ],
            "lines": [
              {
                "patchline": {
                  "destination": [
                    "obj-5",
                    0
                  ],
                  "source": [
                    "obj-2",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-6",
                    0
                  ],
                  "source": [
                    "obj-5",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-7",
                    0
                  ],
                  "source": [
                    "obj-6",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-7",
                    1
                  ],
                  "source": [
                    "obj-5",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-9",
                    0
                  ],
                  "source": [
                    "obj-6",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-10",
                    0
                  ],
                  "source": [
                    "obj-6",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-10",
                    1
                  ],
                  "source": [
                    "obj-9",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-12",
                    0
                  ],
                  "source": [
                    "obj-10",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-11",
                    0
                  ],
                  "source": [
                    "obj-3",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-12",
                    0
                  ],
                  "source": [
                    "obj-11",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-12",
                    0
                  ],
                  "source": [
                    "obj-4",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-13",
                    0
                  ],
                  "source": [
                    "obj-12",
                    1
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    0
                  ],
                  "source": [
                    "obj-13",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-15",
                    0
                  ],
                  "source": [
                    "obj-12",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-16",
                    0
                  ],
                  "source": [
                    "obj-15",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-16",
                    1
                  ],
                  "source": [
                    "obj-5",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-18",
                    0
                  ],
                  "source": [
                    "obj-15",
                    1
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-18",
                    1
                  ],
                  "source": [
                    "obj-5",
                    0
                  ]
                }
              }
            ],
            "rect": [
              80.0,
              80.0,
              1060.0,
              680.0
            ]
          },
          "patching_rect": [
            760.0,
            296.0,
            40.0,
            22.0
          ],
          "text": "p mc"
        }
      },
      {
        "box": {
          "id": "obj-24",
          "maxclass": "newobj",
          "numinlets": 0,
          "numoutlets": 0,
          "patcher": {
            "appversion": {
              "architecture": "x64",
              "major": 8,
              "minor": 6,
              "modernui": 1,
              "revision": 5
            },
            "boxes": [
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-1",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    10.0,
                    940.0,
                    20.0
                  ],
                  "text": "Plays, records, and has the box compare"
                }
              },
              {
                "box": {
                  "id": "obj-2",
                  "maxclass": "newobj",
                  "numinlets": 0,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    88.0,
                    138.0,
                    22.0
                  ],
                  "text": "r nn-selftest-play"
                }
              },
              {
                "box": {
                  "id": "obj-3",
                  "maxclass": "newobj",
                  "numinlets": 0,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    200.0,
                    88.0,
                    145.0,
                    22.0
                  ],
                  "text": "r nn-selftest-check"
                }
              },
              {
                "box": {
                  "id": "obj-4",
                  "maxclass": "newobj",
                  "numinlets": 0,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    400.0,
                    88.0,
                    145.0,
                    22.0
                  ],
                  "text": "r nn-selftest-boxes"
                }
              },
              {
                "box": {
                  "id": "obj-5",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    20.0,
                    140.0,
                    96.0,
                    22.0
                  ],
                  "text": "count~ 0 0 0"
                }
              },
              {
                "box": {
                  "id": "obj-6",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    140.0,
                    166.0,
                    180.0,
                    22.0
                  ],
                  "text": "index~ nn-selftest-sound"
                }
              },
              {
                "box": {
                  "id": "obj-7",
                  "maxclass": "newobj",
                  "numinlets": 3,
                  "numoutlets": 0,
                  "patching_rect": [
                    340.0,
                    192.0,
                    180.0,
                    22.0
                  ],
                  "text": "poke~ nn-selftest-mcs-in"
                }
              },
              {
                "box": {
                  "id": "obj-8",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "float",
                    "bang"
                  ],
                  "patching_rect": [
                    570.0,
                    192.0,
                    229.0,
                    22.0
                  ],
                  "text": "buffer~ nn-selftest-mcs-in 3500"
                }
              },
              {
                "box": {
                  "id": "obj-9",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    20.0,
                    244.0,
                    61.0,
                    22.0
                  ],
                  "text": "*~ -0.5"
                }
              },
              {
                "box": {
                  "id": "obj-10",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    110.0,
                    244.0,
                    61.0,
                    22.0
                  ],
                  "text": "*~ 0.25"
                }
              },
              {
                "box": {
                  "id": "obj-11",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    200.0,
                    244.0,
                    61.0,
                    22.0
                  ],
                  "text": "*~ -1.0"
                }
              },
              {
                "box": {
                  "id": "obj-12",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "multichannelsignal"
                  ],
                  "patching_rect": [
                    20.0,
                    270.0,
                    82.0,
                    22.0
                  ],
                  "text": "mc.pack~ 2"
                }
              },
              {
                "box": {
                  "id": "obj-13",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "multichannelsignal"
                  ],
                  "patching_rect": [
                    180.0,
                    270.0,
                    82.0,
                    22.0
                  ],
                  "text": "mc.pack~ 2"
                }
              },
              {
                "box": {
                  "id": "obj-14",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    296.0,
                    775.0,
                    22.0
                  ],
                  "text": "selftest check mcs nn-selftest-mcs-in nn-selftest-mcs-1 nn-selftest-mcs-2 nn-selftest-mcs-3 nn-selftest-mcs-4"
                }
              },
              {
                "box": {
                  "id": "obj-15",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 3,
                  "outlettype": [
                    "multichannelsignal",
                    "multichannelsignal",
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    322.0,
                    187.0,
                    22.0
                  ],
                  "text": "mcs.nn~ multi swap 2 2048"
                }
              },
              {
                "box": {
                  "id": "obj-16",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 2,
                  "outlettype": [
                    "",
                    ""
                  ],
                  "patching_rect": [
                    580.0,
                    374.0,
                    110.0,
                    22.0
                  ],
                  "text": "route selftest"
                }
              },
              {
                "box": {
                  "id": "obj-17",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    700.0,
                    374.0,
                    159.0,
                    22.0
                  ],
                  "text": "s nn-selftest-results"
                }
              },
              {
                "box": {
                  "id": "obj-18",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "signal",
                    "signal"
                  ],
                  "patching_rect": [
                    20.0,
                    374.0,
                    96.0,
                    22.0
                  ],
                  "text": "mc.unpack~ 2"
                }
              },
              {
                "box": {
                  "id": "obj-19",
                  "maxclass": "newobj",
                  "numinlets": 3,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    400.0,
                    173.0,
                    22.0
                  ],
                  "text": "poke~ nn-selftest-mcs-1"
                }
              },
              {
                "box": {
                  "id": "obj-20",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "float",
                    "bang"
                  ],
                  "patching_rect": [
                    250.0,
                    400.0,
                    222.0,
                    22.0
                  ],
                  "text": "buffer~ nn-selftest-mcs-1 3500"
                }
              },
              {
                "box": {
                  "id": "obj-21",
                  "maxclass": "newobj",
                  "numinlets": 3,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    426.0,
                    173.0,
                    22.0
                  ],
                  "text": "poke~ nn-selftest-mcs-2"
                }
              },
              {
                "box": {
                  "id": "obj-22",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "float",
                    "bang"
                  ],
                  "patching_rect": [
                    250.0,
                    426.0,
                    222.0,
                    22.0
                  ],
                  "text": "buffer~ nn-selftest-mcs-2 3500"
                }
              },
              {
                "box": {
                  "id": "obj-23",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "signal",
                    "signal"
                  ],
                  "patching_rect": [
                    20.0,
                    452.0,
                    96.0,
                    22.0
                  ],
                  "text": "mc.unpack~ 2"
                }
              },
              {
                "box": {
                  "id": "obj-24",
                  "maxclass": "newobj",
                  "numinlets": 3,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    478.0,
                    173.0,
                    22.0
                  ],
                  "text": "poke~ nn-selftest-mcs-3"
                }
              },
              {
                "box": {
                  "id": "obj-25",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "float",
                    "bang"
                  ],
                  "patching_rect": [
                    250.0,
                    478.0,
                    222.0,
                    22.0
                  ],
                  "text": "buffer~ nn-selftest-mcs-3 3500"
                }
              },
              {
                "box": {
                  "id": "obj-26",
                  "maxclass": "newobj",
                  "numinlets": 3,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    504.0,
                    173.0,
                    22.0
                  ],
                  "text": "poke~ nn-selftest-mcs-4"
                }
              },
              {
                "box": {
                  "id": "obj-27",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "float",
                    "bang"
                  ],
                  "patching_rect": [
                    250.0,
                    504.0,
                    222.0,
                    22.0
                  ],
                  "text": "buffer~ nn-selftest-mcs-4 3500"
                }
              }
            ],
            "classnamespace": "box",
            "fileversion": 1,
            "gridsize": [
              15.0,
              15.0
            ],
            "lines": [
              {
                "patchline": {
                  "destination": [
                    "obj-5",
                    0
                  ],
                  "source": [
                    "obj-2",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-6",
                    0
                  ],
                  "source": [
                    "obj-5",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-7",
                    0
                  ],
                  "source": [
                    "obj-6",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-7",
                    1
                  ],
                  "source": [
                    "obj-5",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-9",
                    0
                  ],
                  "source": [
                    "obj-6",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-10",
                    0
                  ],
                  "source": [
                    "obj-6",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-11",
                    0
                  ],
                  "source": [
                    "obj-6",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-12",
                    0
                  ],
                  "source": [
                    "obj-6",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-12",
                    1
                  ],
                  "source": [
                    "obj-9",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-13",
                    0
                  ],
                  "source": [
                    "obj-10",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-13",
                    1
                  ],
                  "source": [
                    "obj-11",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-15",
                    0
                  ],
                  "source": [
                    "obj-12",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-15",
                    1
                  ],
                  "source": [
                    "obj-13",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    0
                  ],
                  "source": [
                    "obj-3",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-15",
                    0
                  ],
                  "source": [
                    "obj-14",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-15",
                    0
                  ],
                  "source": [
                    "obj-4",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-16",
                    0
                  ],
                  "source": [
                    "obj-15",
                    2
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-17",
                    0
                  ],
                  "source": [
                    "obj-16",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-18",
                    0
                  ],
                  "source": [
                    "obj-15",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-19",
                    0
                  ],
                  "source": [
                    "obj-18",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-19",
                    1
                  ],
                  "source": [
                    "obj-5",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-21",
                    0
                  ],
                  "source": [
                    "obj-18",
                    1
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-21",
                    1
                  ],
                  "source": [
                    "obj-5",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-23",
                    0
                  ],
                  "source": [
                    "obj-15",
                    1
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-24",
                    0
                  ],
                  "source": [
                    "obj-23",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-24",
                    1
                  ],
                  "source": [
                    "obj-5",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-26",
                    0
                  ],
                  "source": [
                    "obj-23",
                    1
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-26",
                    1
                  ],
                  "source": [
                    "obj-5",
                    0
                  ]
                }
              }
            ],
            "rect": [
              80.0,
              80.0,
              1060.0,
              680.0
            ]
          },
          "patching_rect": [
            760.0,
            322.0,
            47.0,
            22.0
          ],
          "text": "p mcs"
        }
      }
    ],
    "classnamespace": "box",
    "fileversion": 1,
    "gridsize": [
      15.0,
      15.0
    ],
    "lines": [
      {
        "patchline": {
          "destination": [
            "obj-7",
            0
          ],
          "source": [
            "obj-6",
            0
          ]
        }
      },
      {
        "patchline": {
          "destination": [
            "obj-10",
            0
          ],
          "source": [
            "obj-9",
            0
          ]
        }
      },
      {
        "patchline": {
          "destination": [
            "obj-13",
            0
          ],
          "source": [
            "obj-12",
            0
          ]
        }
      }
    ],
    "rect": [
      80.0,
      80.0,
      1060.0,
      680.0
    ]
  }
}
