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
          "id": "obj-1",
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
                  "text": "mcs.nn~ : nn~ for several examples: one inlet and outlet each, whose channels are the model's"
                }
              },
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-2",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    62.0,
                    240.0,
                    20.0
                  ],
                  "text": "hear it"
                }
              },
              {
                "box": {
                  "id": "obj-3",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    20.0,
                    88.0,
                    89.0,
                    22.0
                  ],
                  "text": "cycle~ 220."
                }
              },
              {
                "box": {
                  "id": "obj-4",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    124.0,
                    88.0,
                    89.0,
                    22.0
                  ],
                  "text": "cycle~ 330."
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
                    228.0,
                    88.0,
                    75.0,
                    22.0
                  ],
                  "text": "saw~ 110."
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
                    332.0,
                    88.0,
                    75.0,
                    22.0
                  ],
                  "text": "saw~ 165."
                }
              },
              {
                "box": {
                  "id": "obj-7",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "multichannelsignal"
                  ],
                  "patching_rect": [
                    20.0,
                    140.0,
                    82.0,
                    22.0
                  ],
                  "text": "mc.pack~ 2"
                }
              },
              {
                "box": {
                  "id": "obj-8",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "multichannelsignal"
                  ],
                  "patching_rect": [
                    210.0,
                    140.0,
                    82.0,
                    22.0
                  ],
                  "text": "mc.pack~ 2"
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
                    80.0,
                    166.0,
                    110.0,
                    22.0
                  ],
                  "text": "0.3; dsp start"
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
                    320.0,
                    166.0,
                    26.0,
                    22.0
                  ],
                  "text": "0."
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
                    350.0,
                    166.0,
                    50.0,
                    20.0
                  ],
                  "text": "stop"
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
                    218.0,
                    68.0,
                    22.0
                  ],
                  "text": "mc.*~ 0."
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
                    210.0,
                    218.0,
                    68.0,
                    22.0
                  ],
                  "text": "mc.*~ 0."
                }
              },
              {
                "box": {
                  "id": "obj-14",
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
                    296.0,
                    180.0,
                    22.0
                  ],
                  "text": "mcs.nn~ multi swap 2 512"
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
                    348.0,
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
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "signal",
                    "signal"
                  ],
                  "patching_rect": [
                    130.0,
                    348.0,
                    96.0,
                    22.0
                  ],
                  "text": "mc.unpack~ 2"
                }
              },
              {
                "box": {
                  "id": "obj-17",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    240.0,
                    348.0,
                    103.0,
                    22.0
                  ],
                  "text": "print mcs.nn~"
                }
              },
              {
                "box": {
                  "id": "obj-18",
                  "maxclass": "flonum",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "",
                    "bang"
                  ],
                  "patching_rect": [
                    200.0,
                    400.0,
                    50.0,
                    22.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-19",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    256.0,
                    400.0,
                    60.0,
                    20.0
                  ],
                  "text": "volume"
                }
              },
              {
                "box": {
                  "id": "obj-20",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    20.0,
                    452.0,
                    54.0,
                    22.0
                  ],
                  "text": "*~ 0.3"
                }
              },
              {
                "box": {
                  "id": "obj-21",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    100.0,
                    452.0,
                    54.0,
                    22.0
                  ],
                  "text": "*~ 0.3"
                }
              },
              {
                "box": {
                  "id": "obj-22",
                  "maxclass": "ezdac~",
                  "numinlets": 2,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    504.0,
                    45.0,
                    45.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-23",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    76.0,
                    504.0,
                    160.0,
                    20.0
                  ],
                  "text": "click: DSP on, off"
                }
              },
              {
                "box": {
                  "id": "obj-24",
                  "linecount": 2,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    38.0,
                    556.0,
                    290.0,
                    34.0
                  ],
                  "text": "Two examples with two channels each: the model swaps the channels of each."
                }
              },
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-25",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    420.0,
                    62.0,
                    240.0,
                    20.0
                  ],
                  "text": "messages: those of nn~"
                }
              },
              {
                "box": {
                  "id": "obj-26",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    438.0,
                    88.0,
                    110.0,
                    22.0
                  ],
                  "text": "bang"
                }
              },
              {
                "box": {
                  "id": "obj-27",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    556.0,
                    88.0,
                    71.0,
                    20.0
                  ],
                  "text": "the state"
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
                    438.0,
                    114.0,
                    110.0,
                    22.0
                  ],
                  "text": "enable 0"
                }
              },
              {
                "box": {
                  "id": "obj-29",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    556.0,
                    114.0,
                    176.0,
                    20.0
                  ],
                  "text": "silent, computes nothing"
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
                    438.0,
                    140.0,
                    110.0,
                    22.0
                  ],
                  "text": "enable 1"
                }
              },
              {
                "box": {
                  "id": "obj-31",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    556.0,
                    140.0,
                    141.0,
                    20.0
                  ],
                  "text": "with a fade of 5 ms"
                }
              },
              {
                "box": {
                  "id": "obj-32",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    438.0,
                    166.0,
                    110.0,
                    22.0
                  ],
                  "text": "latency"
                }
              },
              {
                "box": {
                  "id": "obj-33",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    556.0,
                    166.0,
                    127.0,
                    20.0
                  ],
                  "text": "in samples and ms"
                }
              },
              {
                "box": {
                  "id": "obj-34",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    438.0,
                    192.0,
                    110.0,
                    22.0
                  ],
                  "text": "bufsize 512"
                }
              },
              {
                "box": {
                  "id": "obj-35",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    556.0,
                    192.0,
                    204.0,
                    20.0
                  ],
                  "text": "samples per run of the model"
                }
              },
              {
                "box": {
                  "id": "obj-36",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    438.0,
                    218.0,
                    110.0,
                    22.0
                  ],
                  "text": "bufsize 2048"
                }
              },
              {
                "box": {
                  "id": "obj-37",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    438.0,
                    244.0,
                    110.0,
                    22.0
                  ],
                  "text": "deadline auto"
                }
              },
              {
                "box": {
                  "id": "obj-38",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    556.0,
                    244.0,
                    204.0,
                    20.0
                  ],
                  "text": "as short as this machine can"
                }
              },
              {
                "box": {
                  "id": "obj-39",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    438.0,
                    270.0,
                    110.0,
                    22.0
                  ],
                  "text": "reset"
                }
              },
              {
                "box": {
                  "id": "obj-40",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    556.0,
                    270.0,
                    190.0,
                    20.0
                  ],
                  "text": "the state as after loading"
                }
              },
              {
                "box": {
                  "id": "obj-41",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    438.0,
                    296.0,
                    110.0,
                    22.0
                  ],
                  "text": "stats"
                }
              },
              {
                "box": {
                  "id": "obj-42",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    556.0,
                    296.0,
                    190.0,
                    20.0
                  ],
                  "text": "late blocks, times, memory"
                }
              },
              {
                "box": {
                  "id": "obj-43",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    438.0,
                    322.0,
                    110.0,
                    22.0
                  ],
                  "text": "chans 2"
                }
              },
              {
                "box": {
                  "id": "obj-44",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    556.0,
                    322.0,
                    218.0,
                    20.0
                  ],
                  "text": "channels of each outlet, fixed"
                }
              },
              {
                "box": {
                  "id": "obj-45",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    438.0,
                    348.0,
                    110.0,
                    22.0
                  ],
                  "text": "chans 0"
                }
              },
              {
                "box": {
                  "id": "obj-46",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    556.0,
                    348.0,
                    148.0,
                    20.0
                  ],
                  "text": "as many as they come"
                }
              },
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-47",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    760.0,
                    62.0,
                    240.0,
                    20.0
                  ],
                  "text": "in a few words"
                }
              },
              {
                "box": {
                  "id": "obj-48",
                  "linecount": 5,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    778.0,
                    88.0,
                    260.0,
                    76.0
                  ],
                  "text": "Arguments: MODEL METHOD EXAMPLES BUFFER, or void EXAMPLES BUFFER. One inlet and one outlet for each example, the channels of its signal are the channels of the model."
                }
              },
              {
                "box": {
                  "id": "obj-49",
                  "linecount": 3,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    778.0,
                    192.0,
                    260.0,
                    48.0
                  ],
                  "text": "Fewer channels than the model has are filled with silence, more are not heard."
                }
              },
              {
                "box": {
                  "id": "obj-50",
                  "linecount": 2,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    778.0,
                    270.0,
                    260.0,
                    34.0
                  ],
                  "text": "The help of nn~ explains latency, buffer and deadline."
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
                    "obj-12",
                    1
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
                    "obj-9",
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
                    "obj-10",
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
                    "obj-15",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-20",
                    1
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
                    "obj-20",
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
                    "obj-16",
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
                    "obj-18",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-22",
                    1
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
                    "obj-7",
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
                    "obj-7",
                    1
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
                    "obj-5",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-8",
                    1
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
                    "obj-7",
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
                    "obj-13",
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
                    "obj-14",
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
                    "obj-16",
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
                    "obj-17",
                    0
                  ],
                  "source": [
                    "obj-14",
                    2
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-14",
                    0
                  ],
                  "midpoints": [
                    447.0,
                    112.0,
                    429.0,
                    112.0,
                    429.0,
                    294.0,
                    29.0,
                    294.0
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
                    "obj-14",
                    0
                  ],
                  "midpoints": [
                    447.0,
                    138.0,
                    429.0,
                    138.0,
                    429.0,
                    294.0,
                    29.0,
                    294.0
                  ],
                  "source": [
                    "obj-28",
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
                  "midpoints": [
                    447.0,
                    164.0,
                    429.0,
                    164.0,
                    429.0,
                    294.0,
                    29.0,
                    294.0
                  ],
                  "source": [
                    "obj-30",
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
                  "midpoints": [
                    447.0,
                    190.0,
                    429.0,
                    190.0,
                    429.0,
                    294.0,
                    29.0,
                    294.0
                  ],
                  "source": [
                    "obj-32",
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
                  "midpoints": [
                    447.0,
                    216.0,
                    429.0,
                    216.0,
                    429.0,
                    294.0,
                    29.0,
                    294.0
                  ],
                  "source": [
                    "obj-34",
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
                  "midpoints": [
                    447.0,
                    242.0,
                    429.0,
                    242.0,
                    429.0,
                    294.0,
                    29.0,
                    294.0
                  ],
                  "source": [
                    "obj-36",
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
                  "midpoints": [
                    447.0,
                    268.0,
                    429.0,
                    268.0,
                    429.0,
                    294.0,
                    29.0,
                    294.0
                  ],
                  "source": [
                    "obj-37",
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
                  "midpoints": [
                    447.0,
                    294.0,
                    429.0,
                    294.0,
                    429.0,
                    294.0,
                    29.0,
                    294.0
                  ],
                  "source": [
                    "obj-39",
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
                  "midpoints": [
                    447.0,
                    320.0,
                    429.0,
                    320.0,
                    429.0,
                    294.0,
                    29.0,
                    294.0
                  ],
                  "source": [
                    "obj-41",
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
                  "midpoints": [
                    447.0,
                    346.0,
                    429.0,
                    346.0,
                    429.0,
                    294.0,
                    29.0,
                    294.0
                  ],
                  "source": [
                    "obj-43",
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
                  "midpoints": [
                    447.0,
                    372.0,
                    429.0,
                    372.0,
                    429.0,
                    294.0,
                    29.0,
                    294.0
                  ],
                  "source": [
                    "obj-45",
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
            ],
            "showontab": 1
          },
          "patching_rect": [
            20.0,
            20.0,
            110.0,
            22.0
          ],
          "saved_object_attributes": {},
          "text": "p basics"
        }
      },
      {
        "box": {
          "id": "obj-2",
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
                  "text": "Attributes of the box, and of the model"
                }
              },
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-2",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    62.0,
                    240.0,
                    20.0
                  ],
                  "text": "the box"
                }
              },
              {
                "box": {
                  "id": "obj-3",
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
                    140.0,
                    194.0,
                    22.0
                  ],
                  "text": "mcs.nn~ gain forward 2 512"
                }
              },
              {
                "box": {
                  "id": "obj-4",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    80.0,
                    192.0,
                    124.0,
                    22.0
                  ],
                  "text": "print attributes"
                }
              },
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-5",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    360.0,
                    62.0,
                    240.0,
                    20.0
                  ],
                  "text": "Max's"
                }
              },
              {
                "box": {
                  "attr": "enable",
                  "id": "obj-6",
                  "maxclass": "attrui",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    378.0,
                    88.0,
                    170.0,
                    22.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-7",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    556.0,
                    88.0,
                    64.0,
                    20.0
                  ],
                  "text": "computes"
                }
              },
              {
                "box": {
                  "attr": "gpu",
                  "id": "obj-8",
                  "maxclass": "attrui",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    378.0,
                    114.0,
                    170.0,
                    22.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-9",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    556.0,
                    114.0,
                    64.0,
                    20.0
                  ],
                  "text": "on a GPU"
                }
              },
              {
                "box": {
                  "attr": "deadline",
                  "id": "obj-10",
                  "maxclass": "attrui",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    378.0,
                    140.0,
                    170.0,
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
                    556.0,
                    140.0,
                    106.0,
                    20.0
                  ],
                  "text": "see nn~'s help"
                }
              },
              {
                "box": {
                  "attr": "threads",
                  "id": "obj-12",
                  "maxclass": "attrui",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    378.0,
                    166.0,
                    170.0,
                    22.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-13",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    556.0,
                    166.0,
                    71.0,
                    20.0
                  ],
                  "text": "in a call"
                }
              },
              {
                "box": {
                  "attr": "resample",
                  "id": "obj-14",
                  "maxclass": "attrui",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    378.0,
                    192.0,
                    170.0,
                    22.0
                  ]
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
                    556.0,
                    192.0,
                    113.0,
                    20.0
                  ],
                  "text": "at its own rate"
                }
              },
              {
                "box": {
                  "attr": "track_buffers",
                  "id": "obj-16",
                  "maxclass": "attrui",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    378.0,
                    218.0,
                    170.0,
                    22.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-17",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    556.0,
                    218.0,
                    113.0,
                    20.0
                  ],
                  "text": "follows buffer~"
                }
              },
              {
                "box": {
                  "attr": "wet",
                  "id": "obj-18",
                  "maxclass": "attrui",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    378.0,
                    244.0,
                    170.0,
                    22.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-19",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    556.0,
                    244.0,
                    120.0,
                    20.0
                  ],
                  "text": "the model's part"
                }
              },
              {
                "box": {
                  "attr": "dry",
                  "id": "obj-20",
                  "maxclass": "attrui",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    378.0,
                    270.0,
                    170.0,
                    22.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-21",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    556.0,
                    270.0,
                    120.0,
                    20.0
                  ],
                  "text": "the input's part"
                }
              },
              {
                "box": {
                  "attr": "input_gain",
                  "id": "obj-22",
                  "maxclass": "attrui",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    378.0,
                    296.0,
                    170.0,
                    22.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-23",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    556.0,
                    296.0,
                    43.0,
                    20.0
                  ],
                  "text": "in dB"
                }
              },
              {
                "box": {
                  "attr": "output_gain",
                  "id": "obj-24",
                  "maxclass": "attrui",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    378.0,
                    322.0,
                    170.0,
                    22.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-25",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    556.0,
                    322.0,
                    43.0,
                    20.0
                  ],
                  "text": "in dB"
                }
              },
              {
                "box": {
                  "attr": "chans",
                  "id": "obj-26",
                  "maxclass": "attrui",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    378.0,
                    348.0,
                    170.0,
                    22.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-27",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    556.0,
                    348.0,
                    113.0,
                    20.0
                  ],
                  "text": "0: as they come"
                }
              },
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-28",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    700.0,
                    62.0,
                    240.0,
                    20.0
                  ],
                  "text": "the model's"
                }
              },
              {
                "box": {
                  "id": "obj-29",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    718.0,
                    88.0,
                    110.0,
                    22.0
                  ],
                  "text": "set gain 0.25"
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
                    718.0,
                    114.0,
                    110.0,
                    22.0
                  ],
                  "text": "get gain"
                }
              },
              {
                "box": {
                  "id": "obj-31",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    836.0,
                    114.0,
                    127.0,
                    20.0
                  ],
                  "text": "answer: gain 0.25"
                }
              },
              {
                "box": {
                  "id": "obj-32",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    718.0,
                    140.0,
                    110.0,
                    22.0
                  ],
                  "text": "get_attributes"
                }
              },
              {
                "box": {
                  "id": "obj-33",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    836.0,
                    140.0,
                    85.0,
                    20.0
                  ],
                  "text": "their names"
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
                    "obj-4",
                    0
                  ],
                  "source": [
                    "obj-3",
                    2
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-3",
                    0
                  ],
                  "midpoints": [
                    387.0,
                    112.0,
                    369.0,
                    112.0,
                    369.0,
                    138.0,
                    29.0,
                    138.0
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
                    "obj-3",
                    0
                  ],
                  "midpoints": [
                    387.0,
                    138.0,
                    369.0,
                    138.0,
                    369.0,
                    138.0,
                    29.0,
                    138.0
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
                    "obj-3",
                    0
                  ],
                  "midpoints": [
                    387.0,
                    164.0,
                    369.0,
                    164.0,
                    369.0,
                    138.0,
                    29.0,
                    138.0
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
                    "obj-3",
                    0
                  ],
                  "midpoints": [
                    387.0,
                    190.0,
                    369.0,
                    190.0,
                    369.0,
                    138.0,
                    29.0,
                    138.0
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
                    "obj-3",
                    0
                  ],
                  "midpoints": [
                    387.0,
                    216.0,
                    369.0,
                    216.0,
                    369.0,
                    138.0,
                    29.0,
                    138.0
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
                    "obj-3",
                    0
                  ],
                  "midpoints": [
                    387.0,
                    242.0,
                    369.0,
                    242.0,
                    369.0,
                    138.0,
                    29.0,
                    138.0
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
                    "obj-3",
                    0
                  ],
                  "midpoints": [
                    387.0,
                    268.0,
                    369.0,
                    268.0,
                    369.0,
                    138.0,
                    29.0,
                    138.0
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
                    "obj-3",
                    0
                  ],
                  "midpoints": [
                    387.0,
                    294.0,
                    369.0,
                    294.0,
                    369.0,
                    138.0,
                    29.0,
                    138.0
                  ],
                  "source": [
                    "obj-20",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-3",
                    0
                  ],
                  "midpoints": [
                    387.0,
                    320.0,
                    369.0,
                    320.0,
                    369.0,
                    138.0,
                    29.0,
                    138.0
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
                    "obj-3",
                    0
                  ],
                  "midpoints": [
                    387.0,
                    346.0,
                    369.0,
                    346.0,
                    369.0,
                    138.0,
                    29.0,
                    138.0
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
                    "obj-3",
                    0
                  ],
                  "midpoints": [
                    387.0,
                    372.0,
                    369.0,
                    372.0,
                    369.0,
                    138.0,
                    29.0,
                    138.0
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
                    "obj-3",
                    0
                  ],
                  "midpoints": [
                    727.0,
                    112.0,
                    709.0,
                    112.0,
                    709.0,
                    138.0,
                    29.0,
                    138.0
                  ],
                  "source": [
                    "obj-29",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-3",
                    0
                  ],
                  "midpoints": [
                    727.0,
                    138.0,
                    709.0,
                    138.0,
                    709.0,
                    138.0,
                    29.0,
                    138.0
                  ],
                  "source": [
                    "obj-30",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-3",
                    0
                  ],
                  "midpoints": [
                    727.0,
                    164.0,
                    709.0,
                    164.0,
                    709.0,
                    138.0,
                    29.0,
                    138.0
                  ],
                  "source": [
                    "obj-32",
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
            ],
            "showontab": 1
          },
          "patching_rect": [
            140.0,
            20.0,
            110.0,
            22.0
          ],
          "saved_object_attributes": {},
          "text": "p attributes"
        }
      }
    ],
    "classnamespace": "box",
    "fileversion": 1,
    "gridsize": [
      15.0,
      15.0
    ],
    "lines": [],
    "rect": [
      80.0,
      80.0,
      1060.0,
      680.0
    ],
    "showontab": 0,
    "showrootpatcherontab": 0
  }
}
