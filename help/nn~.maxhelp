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
                  "text": "nn~ : neural audio models (TorchScript files) that listen and play"
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
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    88.0,
                    292.0,
                    22.0
                  ],
                  "text": "open nn-speech.wav, loop 1, 1; dsp start"
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
                    120.0,
                    114.0,
                    19.0,
                    22.0
                  ],
                  "text": "0"
                }
              },
              {
                "box": {
                  "id": "obj-5",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    144.0,
                    114.0,
                    50.0,
                    20.0
                  ],
                  "text": "stop"
                }
              },
              {
                "box": {
                  "id": "obj-6",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 2,
                  "outlettype": [
                    "signal",
                    "bang"
                  ],
                  "patching_rect": [
                    20.0,
                    166.0,
                    61.0,
                    22.0
                  ],
                  "text": "sfplay~"
                }
              },
              {
                "box": {
                  "id": "obj-7",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "signal",
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    244.0,
                    166.0,
                    22.0
                  ],
                  "text": "nn~ codec forward 2048"
                }
              },
              {
                "box": {
                  "id": "obj-8",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    190.0,
                    296.0,
                    75.0,
                    22.0
                  ],
                  "text": "print nn~"
                }
              },
              {
                "box": {
                  "id": "obj-9",
                  "maxclass": "flonum",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "",
                    "bang"
                  ],
                  "patching_rect": [
                    200.0,
                    348.0,
                    50.0,
                    22.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-10",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    256.0,
                    348.0,
                    60.0,
                    20.0
                  ],
                  "text": "volume"
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
                    20.0,
                    400.0,
                    54.0,
                    22.0
                  ],
                  "text": "*~ 0.3"
                }
              },
              {
                "box": {
                  "id": "obj-12",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    100.0,
                    400.0,
                    54.0,
                    22.0
                  ],
                  "text": "*~ 0.3"
                }
              },
              {
                "box": {
                  "id": "obj-13",
                  "maxclass": "ezdac~",
                  "numinlets": 2,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    452.0,
                    45.0,
                    45.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-14",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    76.0,
                    452.0,
                    160.0,
                    20.0
                  ],
                  "text": "click: DSP on, off"
                }
              },
              {
                "box": {
                  "id": "obj-15",
                  "linecount": 2,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    38.0,
                    530.0,
                    290.0,
                    34.0
                  ],
                  "text": "A small neural codec: speech comes out of 24 numbers for each 512 samples."
                }
              },
              {
                "box": {
                  "id": "obj-16",
                  "linecount": 3,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    38.0,
                    608.0,
                    290.0,
                    48.0
                  ],
                  "text": "Every answer goes to the rightmost outlet, the information outlet. A double click opens the model's description."
                }
              },
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-17",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    330.0,
                    62.0,
                    240.0,
                    20.0
                  ],
                  "text": "the box"
                }
              },
              {
                "box": {
                  "id": "obj-18",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    348.0,
                    88.0,
                    110.0,
                    22.0
                  ],
                  "text": "bang"
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
                    466.0,
                    88.0,
                    71.0,
                    20.0
                  ],
                  "text": "the state"
                }
              },
              {
                "box": {
                  "id": "obj-20",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    348.0,
                    114.0,
                    110.0,
                    22.0
                  ],
                  "text": "dump"
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
                    466.0,
                    114.0,
                    204.0,
                    20.0
                  ],
                  "text": "the same, and on the console"
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
                    348.0,
                    140.0,
                    110.0,
                    22.0
                  ],
                  "text": "enable 0"
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
                    466.0,
                    140.0,
                    176.0,
                    20.0
                  ],
                  "text": "silent, computes nothing"
                }
              },
              {
                "box": {
                  "id": "obj-24",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    348.0,
                    166.0,
                    110.0,
                    22.0
                  ],
                  "text": "enable 1"
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
                    466.0,
                    166.0,
                    141.0,
                    20.0
                  ],
                  "text": "with a fade of 5 ms"
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
                    348.0,
                    192.0,
                    110.0,
                    22.0
                  ],
                  "text": "stats"
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
                    466.0,
                    192.0,
                    190.0,
                    20.0
                  ],
                  "text": "late blocks, times, memory"
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
                    348.0,
                    218.0,
                    110.0,
                    22.0
                  ],
                  "text": "get_methods"
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
                    466.0,
                    218.0,
                    85.0,
                    20.0
                  ],
                  "text": "their names"
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
                    348.0,
                    244.0,
                    110.0,
                    22.0
                  ],
                  "text": "get_attributes"
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
                    466.0,
                    244.0,
                    85.0,
                    20.0
                  ],
                  "text": "their names"
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
                    348.0,
                    270.0,
                    110.0,
                    22.0
                  ],
                  "text": "reset"
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
                    466.0,
                    270.0,
                    190.0,
                    20.0
                  ],
                  "text": "the state as after loading"
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
                    348.0,
                    296.0,
                    110.0,
                    22.0
                  ],
                  "text": "seed 7"
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
                    466.0,
                    296.0,
                    127.0,
                    20.0
                  ],
                  "text": "of random numbers"
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
                    348.0,
                    322.0,
                    110.0,
                    22.0
                  ],
                  "text": "optimise 0"
                }
              },
              {
                "box": {
                  "id": "obj-37",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    466.0,
                    322.0,
                    162.0,
                    20.0
                  ],
                  "text": "libtorch's own kernels"
                }
              },
              {
                "box": {
                  "id": "obj-38",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    348.0,
                    348.0,
                    110.0,
                    22.0
                  ],
                  "text": "optimise 1"
                }
              },
              {
                "box": {
                  "id": "obj-39",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    466.0,
                    348.0,
                    190.0,
                    20.0
                  ],
                  "text": "this project's faster ones"
                }
              },
              {
                "box": {
                  "id": "obj-40",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    348.0,
                    374.0,
                    110.0,
                    22.0
                  ],
                  "text": "resample 1"
                }
              },
              {
                "box": {
                  "id": "obj-41",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    466.0,
                    374.0,
                    169.0,
                    20.0
                  ],
                  "text": "at the model's own rate"
                }
              },
              {
                "box": {
                  "id": "obj-42",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    348.0,
                    400.0,
                    110.0,
                    22.0
                  ],
                  "text": "resample 0"
                }
              },
              {
                "box": {
                  "id": "obj-43",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    466.0,
                    400.0,
                    99.0,
                    20.0
                  ],
                  "text": "at Max's rate"
                }
              },
              {
                "box": {
                  "id": "obj-44",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    348.0,
                    426.0,
                    110.0,
                    22.0
                  ],
                  "text": "worker 0"
                }
              },
              {
                "box": {
                  "id": "obj-45",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    466.0,
                    426.0,
                    148.0,
                    20.0
                  ],
                  "text": "no thread of its own"
                }
              },
              {
                "box": {
                  "id": "obj-46",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    348.0,
                    452.0,
                    110.0,
                    22.0
                  ],
                  "text": "worker 1"
                }
              },
              {
                "box": {
                  "id": "obj-47",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    466.0,
                    452.0,
                    155.0,
                    20.0
                  ],
                  "text": "a thread, as at first"
                }
              },
              {
                "box": {
                  "id": "obj-48",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    348.0,
                    478.0,
                    110.0,
                    22.0
                  ],
                  "text": "idle auto"
                }
              },
              {
                "box": {
                  "id": "obj-49",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    466.0,
                    478.0,
                    183.0,
                    20.0
                  ],
                  "text": "rests while all is silent"
                }
              },
              {
                "box": {
                  "id": "obj-50",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    348.0,
                    504.0,
                    110.0,
                    22.0
                  ],
                  "text": "idle 0"
                }
              },
              {
                "box": {
                  "id": "obj-51",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    466.0,
                    504.0,
                    113.0,
                    20.0
                  ],
                  "text": "computes always"
                }
              },
              {
                "box": {
                  "id": "obj-52",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    348.0,
                    530.0,
                    110.0,
                    22.0
                  ],
                  "text": "selftest begin"
                }
              },
              {
                "box": {
                  "id": "obj-53",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    466.0,
                    530.0,
                    183.0,
                    20.0
                  ],
                  "text": "see the patch nn-selftest"
                }
              },
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-54",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    680.0,
                    62.0,
                    240.0,
                    20.0
                  ],
                  "text": "another model"
                }
              },
              {
                "box": {
                  "id": "obj-55",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    698.0,
                    88.0,
                    130.0,
                    22.0
                  ],
                  "text": "load codec forward"
                }
              },
              {
                "box": {
                  "id": "obj-56",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    836.0,
                    88.0,
                    99.0,
                    20.0
                  ],
                  "text": "model, method"
                }
              },
              {
                "box": {
                  "id": "obj-57",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    698.0,
                    114.0,
                    130.0,
                    22.0
                  ],
                  "text": "load delay"
                }
              },
              {
                "box": {
                  "id": "obj-58",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    836.0,
                    114.0,
                    204.0,
                    20.0
                  ],
                  "text": "the old one plays until then"
                }
              },
              {
                "box": {
                  "id": "obj-59",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    698.0,
                    140.0,
                    130.0,
                    22.0
                  ],
                  "text": "reload"
                }
              },
              {
                "box": {
                  "id": "obj-60",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    836.0,
                    140.0,
                    141.0,
                    20.0
                  ],
                  "text": "the same file again"
                }
              },
              {
                "box": {
                  "id": "obj-61",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    698.0,
                    166.0,
                    130.0,
                    22.0
                  ],
                  "text": "method forward"
                }
              },
              {
                "box": {
                  "id": "obj-62",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    836.0,
                    166.0,
                    106.0,
                    20.0
                  ],
                  "text": "another method"
                }
              },
              {
                "box": {
                  "id": "obj-63",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    698.0,
                    192.0,
                    130.0,
                    22.0
                  ],
                  "text": "gpu 1"
                }
              },
              {
                "box": {
                  "id": "obj-64",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    836.0,
                    192.0,
                    218.0,
                    20.0
                  ],
                  "text": "the first GPU, if there is one"
                }
              },
              {
                "box": {
                  "id": "obj-65",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    698.0,
                    218.0,
                    130.0,
                    22.0
                  ],
                  "text": "gpu 0"
                }
              },
              {
                "box": {
                  "id": "obj-66",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    836.0,
                    218.0,
                    99.0,
                    20.0
                  ],
                  "text": "the processor"
                }
              },
              {
                "box": {
                  "id": "obj-67",
                  "linecount": 3,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    698.0,
                    270.0,
                    300.0,
                    48.0
                  ],
                  "text": "See also mc.nn~ and mcs.nn~ (several examples at a time) and nn.info (what is in a file)."
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
                    "obj-11",
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
                    "obj-11",
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
                    "obj-7",
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
                    1
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
                    "obj-6",
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
                    "obj-4",
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
                  "midpoints": [
                    357.0,
                    112.0,
                    339.0,
                    112.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
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
                    "obj-7",
                    0
                  ],
                  "midpoints": [
                    357.0,
                    138.0,
                    339.0,
                    138.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
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
                    "obj-7",
                    0
                  ],
                  "midpoints": [
                    357.0,
                    164.0,
                    339.0,
                    164.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
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
                    "obj-7",
                    0
                  ],
                  "midpoints": [
                    357.0,
                    190.0,
                    339.0,
                    190.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
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
                    "obj-7",
                    0
                  ],
                  "midpoints": [
                    357.0,
                    216.0,
                    339.0,
                    216.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
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
                  "midpoints": [
                    357.0,
                    242.0,
                    339.0,
                    242.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
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
                    "obj-7",
                    0
                  ],
                  "midpoints": [
                    357.0,
                    268.0,
                    339.0,
                    268.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
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
                    "obj-7",
                    0
                  ],
                  "midpoints": [
                    357.0,
                    294.0,
                    339.0,
                    294.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
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
                    "obj-7",
                    0
                  ],
                  "midpoints": [
                    357.0,
                    320.0,
                    339.0,
                    320.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
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
                    "obj-7",
                    0
                  ],
                  "midpoints": [
                    357.0,
                    346.0,
                    339.0,
                    346.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
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
                    "obj-7",
                    0
                  ],
                  "midpoints": [
                    357.0,
                    372.0,
                    339.0,
                    372.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
                  ],
                  "source": [
                    "obj-38",
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
                  "midpoints": [
                    357.0,
                    398.0,
                    339.0,
                    398.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
                  ],
                  "source": [
                    "obj-40",
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
                  "midpoints": [
                    357.0,
                    424.0,
                    339.0,
                    424.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
                  ],
                  "source": [
                    "obj-42",
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
                  "midpoints": [
                    357.0,
                    450.0,
                    339.0,
                    450.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
                  ],
                  "source": [
                    "obj-44",
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
                  "midpoints": [
                    357.0,
                    476.0,
                    339.0,
                    476.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
                  ],
                  "source": [
                    "obj-46",
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
                  "midpoints": [
                    357.0,
                    502.0,
                    339.0,
                    502.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
                  ],
                  "source": [
                    "obj-48",
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
                  "midpoints": [
                    357.0,
                    528.0,
                    339.0,
                    528.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
                  ],
                  "source": [
                    "obj-50",
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
                  "midpoints": [
                    357.0,
                    554.0,
                    339.0,
                    554.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
                  ],
                  "source": [
                    "obj-52",
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
                  "midpoints": [
                    707.0,
                    112.0,
                    689.0,
                    112.0,
                    689.0,
                    242.0,
                    29.0,
                    242.0
                  ],
                  "source": [
                    "obj-55",
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
                  "midpoints": [
                    707.0,
                    138.0,
                    689.0,
                    138.0,
                    689.0,
                    242.0,
                    29.0,
                    242.0
                  ],
                  "source": [
                    "obj-57",
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
                  "midpoints": [
                    707.0,
                    164.0,
                    689.0,
                    164.0,
                    689.0,
                    242.0,
                    29.0,
                    242.0
                  ],
                  "source": [
                    "obj-59",
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
                  "midpoints": [
                    707.0,
                    190.0,
                    689.0,
                    190.0,
                    689.0,
                    242.0,
                    29.0,
                    242.0
                  ],
                  "source": [
                    "obj-61",
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
                  "midpoints": [
                    707.0,
                    216.0,
                    689.0,
                    216.0,
                    689.0,
                    242.0,
                    29.0,
                    242.0
                  ],
                  "source": [
                    "obj-63",
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
                  "midpoints": [
                    707.0,
                    242.0,
                    689.0,
                    242.0,
                    689.0,
                    242.0,
                    29.0,
                    242.0
                  ],
                  "source": [
                    "obj-65",
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
                  "text": "Attributes of the model: numbers, words, buffers. Attributes of the box: Max's."
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
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    130.0,
                    88.0,
                    180.0,
                    20.0
                  ],
                  "text": "a sine, bent by a curve"
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
                    100.0,
                    140.0,
                    110.0,
                    22.0
                  ],
                  "text": "0.3; dsp start"
                }
              },
              {
                "box": {
                  "id": "obj-6",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    230.0,
                    140.0,
                    26.0,
                    22.0
                  ],
                  "text": "0."
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
                    260.0,
                    140.0,
                    50.0,
                    20.0
                  ],
                  "text": "stop"
                }
              },
              {
                "box": {
                  "id": "obj-8",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    20.0,
                    192.0,
                    47.0,
                    22.0
                  ],
                  "text": "*~ 0."
                }
              },
              {
                "box": {
                  "id": "obj-9",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "signal",
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    270.0,
                    271.0,
                    22.0
                  ],
                  "text": "nn~ gain forward 512 @track_buffers 1"
                }
              },
              {
                "box": {
                  "id": "obj-10",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 2,
                  "outlettype": [
                    "",
                    ""
                  ],
                  "patching_rect": [
                    170.0,
                    322.0,
                    82.0,
                    22.0
                  ],
                  "text": "route gain"
                }
              },
              {
                "box": {
                  "id": "obj-11",
                  "maxclass": "flonum",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "",
                    "bang"
                  ],
                  "patching_rect": [
                    170.0,
                    348.0,
                    50.0,
                    22.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-12",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    230.0,
                    348.0,
                    75.0,
                    22.0
                  ],
                  "text": "print nn~"
                }
              },
              {
                "box": {
                  "id": "obj-13",
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
                  "id": "obj-14",
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
                  "id": "obj-15",
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
                  "id": "obj-16",
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
                  "id": "obj-17",
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
                  "id": "obj-18",
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
                  "fontface": 1,
                  "id": "obj-19",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    330.0,
                    62.0,
                    240.0,
                    20.0
                  ],
                  "text": "set, get: the model's"
                }
              },
              {
                "box": {
                  "id": "obj-20",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    348.0,
                    88.0,
                    120.0,
                    22.0
                  ],
                  "text": "set gain 0.25"
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
                    348.0,
                    114.0,
                    120.0,
                    22.0
                  ],
                  "text": "set gain 1"
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
                    348.0,
                    140.0,
                    120.0,
                    22.0
                  ],
                  "text": "set range -0.5 0.5"
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
                    476.0,
                    140.0,
                    78.0,
                    20.0
                  ],
                  "text": "two values"
                }
              },
              {
                "box": {
                  "id": "obj-24",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    348.0,
                    166.0,
                    120.0,
                    22.0
                  ],
                  "text": "set mode square"
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
                    476.0,
                    166.0,
                    50.0,
                    20.0
                  ],
                  "text": "a word"
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
                    348.0,
                    192.0,
                    120.0,
                    22.0
                  ],
                  "text": "set mode linear"
                }
              },
              {
                "box": {
                  "id": "obj-27",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    348.0,
                    218.0,
                    120.0,
                    22.0
                  ],
                  "text": "get gain"
                }
              },
              {
                "box": {
                  "id": "obj-28",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    476.0,
                    218.0,
                    106.0,
                    20.0
                  ],
                  "text": "answer: gain 1"
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
                    348.0,
                    244.0,
                    120.0,
                    22.0
                  ],
                  "text": "get_attributes"
                }
              },
              {
                "box": {
                  "id": "obj-30",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    476.0,
                    244.0,
                    85.0,
                    20.0
                  ],
                  "text": "their names"
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
                    348.0,
                    270.0,
                    120.0,
                    22.0
                  ],
                  "text": "set curve nn-curve"
                }
              },
              {
                "box": {
                  "id": "obj-32",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    476.0,
                    270.0,
                    155.0,
                    20.0
                  ],
                  "text": "a copy of the buffer~"
                }
              },
              {
                "box": {
                  "id": "obj-33",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    348.0,
                    296.0,
                    120.0,
                    22.0
                  ],
                  "text": "set curve 0 -1 1 0"
                }
              },
              {
                "box": {
                  "id": "obj-34",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    476.0,
                    296.0,
                    183.0,
                    20.0
                  ],
                  "text": "values of a tensor, typed"
                }
              },
              {
                "box": {
                  "id": "obj-35",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    348.0,
                    322.0,
                    120.0,
                    22.0
                  ],
                  "text": "track 1"
                }
              },
              {
                "box": {
                  "id": "obj-36",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    476.0,
                    322.0,
                    134.0,
                    20.0
                  ],
                  "text": "follow the buffer~"
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
                    348.0,
                    348.0,
                    120.0,
                    22.0
                  ],
                  "text": "track 0"
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
                    476.0,
                    348.0,
                    92.0,
                    20.0
                  ],
                  "text": "not any more"
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
                    348.0,
                    400.0,
                    194.0,
                    22.0
                  ],
                  "text": "sizeinsamps 64, fill sin 1"
                }
              },
              {
                "box": {
                  "id": "obj-40",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "float",
                    "bang"
                  ],
                  "patching_rect": [
                    348.0,
                    452.0,
                    152.0,
                    22.0
                  ],
                  "text": "buffer~ nn-curve 100"
                }
              },
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-41",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    680.0,
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
                  "id": "obj-42",
                  "maxclass": "attrui",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    698.0,
                    88.0,
                    170.0,
                    22.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-43",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    876.0,
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
                  "id": "obj-44",
                  "maxclass": "attrui",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    698.0,
                    114.0,
                    170.0,
                    22.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-45",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    876.0,
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
                  "id": "obj-46",
                  "maxclass": "attrui",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    698.0,
                    140.0,
                    170.0,
                    22.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-47",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    876.0,
                    140.0,
                    85.0,
                    20.0
                  ],
                  "text": "see latency"
                }
              },
              {
                "box": {
                  "attr": "threads",
                  "id": "obj-48",
                  "maxclass": "attrui",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    698.0,
                    166.0,
                    170.0,
                    22.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-49",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    876.0,
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
                  "id": "obj-50",
                  "maxclass": "attrui",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    698.0,
                    192.0,
                    170.0,
                    22.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-51",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    876.0,
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
                  "id": "obj-52",
                  "maxclass": "attrui",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    698.0,
                    218.0,
                    170.0,
                    22.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-53",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    876.0,
                    218.0,
                    64.0,
                    20.0
                  ],
                  "text": "as track"
                }
              },
              {
                "box": {
                  "attr": "wet",
                  "id": "obj-54",
                  "maxclass": "attrui",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    698.0,
                    244.0,
                    170.0,
                    22.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-55",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    876.0,
                    244.0,
                    85.0,
                    20.0
                  ],
                  "text": "see latency"
                }
              },
              {
                "box": {
                  "attr": "dry",
                  "id": "obj-56",
                  "maxclass": "attrui",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    698.0,
                    270.0,
                    170.0,
                    22.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-57",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    876.0,
                    270.0,
                    85.0,
                    20.0
                  ],
                  "text": "see latency"
                }
              },
              {
                "box": {
                  "attr": "input_gain",
                  "id": "obj-58",
                  "maxclass": "attrui",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    698.0,
                    296.0,
                    170.0,
                    22.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-59",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    876.0,
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
                  "id": "obj-60",
                  "maxclass": "attrui",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    698.0,
                    322.0,
                    170.0,
                    22.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-61",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    876.0,
                    322.0,
                    43.0,
                    20.0
                  ],
                  "text": "in dB"
                }
              },
              {
                "box": {
                  "id": "obj-62",
                  "linecount": 3,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    698.0,
                    374.0,
                    300.0,
                    48.0
                  ],
                  "text": "They can be typed into the box (@enable 0), are in the inspector, and are saved with the patch."
                }
              },
              {
                "box": {
                  "id": "obj-63",
                  "linecount": 3,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    698.0,
                    452.0,
                    300.0,
                    48.0
                  ],
                  "text": "Presets and pattr keep the model's attributes: the box has a value that they store and recall."
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
                    "obj-15",
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
                    "obj-17",
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
                    "obj-16",
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
                    "obj-17",
                    1
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
                    "obj-8",
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
                    "obj-8",
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
                    "obj-9",
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
                    1
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
                    1
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-9",
                    0
                  ],
                  "midpoints": [
                    357.0,
                    112.0,
                    339.0,
                    112.0,
                    339.0,
                    268.0,
                    29.0,
                    268.0
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
                    "obj-9",
                    0
                  ],
                  "midpoints": [
                    357.0,
                    138.0,
                    339.0,
                    138.0,
                    339.0,
                    268.0,
                    29.0,
                    268.0
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
                    "obj-9",
                    0
                  ],
                  "midpoints": [
                    357.0,
                    164.0,
                    339.0,
                    164.0,
                    339.0,
                    268.0,
                    29.0,
                    268.0
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
                    "obj-9",
                    0
                  ],
                  "midpoints": [
                    357.0,
                    190.0,
                    339.0,
                    190.0,
                    339.0,
                    268.0,
                    29.0,
                    268.0
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
                    "obj-9",
                    0
                  ],
                  "midpoints": [
                    357.0,
                    216.0,
                    339.0,
                    216.0,
                    339.0,
                    268.0,
                    29.0,
                    268.0
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
                    "obj-9",
                    0
                  ],
                  "midpoints": [
                    357.0,
                    242.0,
                    339.0,
                    242.0,
                    339.0,
                    268.0,
                    29.0,
                    268.0
                  ],
                  "source": [
                    "obj-27",
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
                  "midpoints": [
                    357.0,
                    268.0,
                    339.0,
                    268.0,
                    339.0,
                    268.0,
                    29.0,
                    268.0
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
                    "obj-9",
                    0
                  ],
                  "midpoints": [
                    357.0,
                    294.0,
                    339.0,
                    294.0,
                    339.0,
                    268.0,
                    29.0,
                    268.0
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
                    "obj-9",
                    0
                  ],
                  "midpoints": [
                    357.0,
                    320.0,
                    339.0,
                    320.0,
                    339.0,
                    268.0,
                    29.0,
                    268.0
                  ],
                  "source": [
                    "obj-33",
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
                  "midpoints": [
                    357.0,
                    346.0,
                    339.0,
                    346.0,
                    339.0,
                    268.0,
                    29.0,
                    268.0
                  ],
                  "source": [
                    "obj-35",
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
                  "midpoints": [
                    357.0,
                    372.0,
                    339.0,
                    372.0,
                    339.0,
                    268.0,
                    29.0,
                    268.0
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
                    "obj-40",
                    0
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
                    "obj-9",
                    0
                  ],
                  "midpoints": [
                    707.0,
                    112.0,
                    689.0,
                    112.0,
                    689.0,
                    268.0,
                    29.0,
                    268.0
                  ],
                  "source": [
                    "obj-42",
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
                  "midpoints": [
                    707.0,
                    138.0,
                    689.0,
                    138.0,
                    689.0,
                    268.0,
                    29.0,
                    268.0
                  ],
                  "source": [
                    "obj-44",
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
                  "midpoints": [
                    707.0,
                    164.0,
                    689.0,
                    164.0,
                    689.0,
                    268.0,
                    29.0,
                    268.0
                  ],
                  "source": [
                    "obj-46",
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
                  "midpoints": [
                    707.0,
                    190.0,
                    689.0,
                    190.0,
                    689.0,
                    268.0,
                    29.0,
                    268.0
                  ],
                  "source": [
                    "obj-48",
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
                  "midpoints": [
                    707.0,
                    216.0,
                    689.0,
                    216.0,
                    689.0,
                    268.0,
                    29.0,
                    268.0
                  ],
                  "source": [
                    "obj-50",
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
                  "midpoints": [
                    707.0,
                    242.0,
                    689.0,
                    242.0,
                    689.0,
                    268.0,
                    29.0,
                    268.0
                  ],
                  "source": [
                    "obj-52",
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
                  "midpoints": [
                    707.0,
                    268.0,
                    689.0,
                    268.0,
                    689.0,
                    268.0,
                    29.0,
                    268.0
                  ],
                  "source": [
                    "obj-54",
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
                  "midpoints": [
                    707.0,
                    294.0,
                    689.0,
                    294.0,
                    689.0,
                    268.0,
                    29.0,
                    268.0
                  ],
                  "source": [
                    "obj-56",
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
                  "midpoints": [
                    707.0,
                    320.0,
                    689.0,
                    320.0,
                    689.0,
                    268.0,
                    29.0,
                    268.0
                  ],
                  "source": [
                    "obj-58",
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
                  "midpoints": [
                    707.0,
                    346.0,
                    689.0,
                    346.0,
                    689.0,
                    268.0,
                    29.0,
                    268.0
                  ],
                  "source": [
                    "obj-60",
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
      },
      {
        "box": {
          "id": "obj-3",
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
                  "text": "Buffer, latency, deadline"
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
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    88.0,
                    96.0,
                    22.0
                  ],
                  "text": "1; dsp start"
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
                    130.0,
                    88.0,
                    19.0,
                    22.0
                  ],
                  "text": "0"
                }
              },
              {
                "box": {
                  "id": "obj-5",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    154.0,
                    88.0,
                    50.0,
                    20.0
                  ],
                  "text": "stop"
                }
              },
              {
                "box": {
                  "id": "obj-6",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "bang"
                  ],
                  "patching_rect": [
                    20.0,
                    140.0,
                    82.0,
                    22.0
                  ],
                  "text": "metro 1000"
                }
              },
              {
                "box": {
                  "id": "obj-7",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    20.0,
                    166.0,
                    54.0,
                    22.0
                  ],
                  "text": "click~"
                }
              },
              {
                "box": {
                  "id": "obj-8",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "signal",
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    244.0,
                    166.0,
                    22.0
                  ],
                  "text": "nn~ delay forward 2048"
                }
              },
              {
                "box": {
                  "id": "obj-9",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    190.0,
                    296.0,
                    75.0,
                    22.0
                  ],
                  "text": "print nn~"
                }
              },
              {
                "box": {
                  "id": "obj-10",
                  "maxclass": "flonum",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "",
                    "bang"
                  ],
                  "patching_rect": [
                    200.0,
                    348.0,
                    50.0,
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
                    256.0,
                    348.0,
                    60.0,
                    20.0
                  ],
                  "text": "volume"
                }
              },
              {
                "box": {
                  "id": "obj-12",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    20.0,
                    400.0,
                    54.0,
                    22.0
                  ],
                  "text": "*~ 0.3"
                }
              },
              {
                "box": {
                  "id": "obj-13",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    100.0,
                    400.0,
                    54.0,
                    22.0
                  ],
                  "text": "*~ 0.3"
                }
              },
              {
                "box": {
                  "id": "obj-14",
                  "maxclass": "ezdac~",
                  "numinlets": 2,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    452.0,
                    45.0,
                    45.0
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
                    76.0,
                    452.0,
                    160.0,
                    20.0
                  ],
                  "text": "click: DSP on, off"
                }
              },
              {
                "box": {
                  "id": "obj-16",
                  "linecount": 2,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    38.0,
                    504.0,
                    290.0,
                    34.0
                  ],
                  "text": "Left: through the model. Right: the click itself."
                }
              },
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-17",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    330.0,
                    62.0,
                    240.0,
                    20.0
                  ],
                  "text": "ask, choose"
                }
              },
              {
                "box": {
                  "id": "obj-18",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    348.0,
                    88.0,
                    120.0,
                    22.0
                  ],
                  "text": "latency"
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
                    476.0,
                    88.0,
                    127.0,
                    20.0
                  ],
                  "text": "in samples and ms"
                }
              },
              {
                "box": {
                  "id": "obj-20",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    348.0,
                    114.0,
                    120.0,
                    22.0
                  ],
                  "text": "latency measure"
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
                    476.0,
                    114.0,
                    148.0,
                    20.0
                  ],
                  "text": "with the model's own"
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
                    348.0,
                    140.0,
                    120.0,
                    22.0
                  ],
                  "text": "bufsize 512"
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
                    476.0,
                    140.0,
                    204.0,
                    20.0
                  ],
                  "text": "samples per run of the model"
                }
              },
              {
                "box": {
                  "id": "obj-24",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    348.0,
                    166.0,
                    120.0,
                    22.0
                  ],
                  "text": "bufsize 4096"
                }
              },
              {
                "box": {
                  "id": "obj-25",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    348.0,
                    192.0,
                    120.0,
                    22.0
                  ],
                  "text": "bufsize 0"
                }
              },
              {
                "box": {
                  "id": "obj-26",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    476.0,
                    192.0,
                    190.0,
                    20.0
                  ],
                  "text": "runs in Max's audio thread"
                }
              },
              {
                "box": {
                  "id": "obj-27",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    348.0,
                    218.0,
                    120.0,
                    22.0
                  ],
                  "text": "deadline 1024"
                }
              },
              {
                "box": {
                  "id": "obj-28",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    476.0,
                    218.0,
                    197.0,
                    20.0
                  ],
                  "text": "time to compute, in samples"
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
                    348.0,
                    244.0,
                    120.0,
                    22.0
                  ],
                  "text": "deadline auto"
                }
              },
              {
                "box": {
                  "id": "obj-30",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    476.0,
                    244.0,
                    204.0,
                    20.0
                  ],
                  "text": "as short as this machine can"
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
                    348.0,
                    270.0,
                    120.0,
                    22.0
                  ],
                  "text": "deadline buffer"
                }
              },
              {
                "box": {
                  "id": "obj-32",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    476.0,
                    270.0,
                    197.0,
                    20.0
                  ],
                  "text": "a whole buffer, as at first"
                }
              },
              {
                "box": {
                  "id": "obj-33",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    348.0,
                    296.0,
                    120.0,
                    22.0
                  ],
                  "text": "threads 1"
                }
              },
              {
                "box": {
                  "id": "obj-34",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    476.0,
                    296.0,
                    113.0,
                    20.0
                  ],
                  "text": "inside one call"
                }
              },
              {
                "box": {
                  "id": "obj-35",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    348.0,
                    322.0,
                    120.0,
                    22.0
                  ],
                  "text": "stats"
                }
              },
              {
                "box": {
                  "id": "obj-36",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    476.0,
                    322.0,
                    134.0,
                    20.0
                  ],
                  "text": "late blocks, times"
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
                    348.0,
                    348.0,
                    120.0,
                    22.0
                  ],
                  "text": "wait 1"
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
                    476.0,
                    348.0,
                    162.0,
                    20.0
                  ],
                  "text": "waits for every result"
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
                    348.0,
                    374.0,
                    120.0,
                    22.0
                  ],
                  "text": "wait auto"
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
                    476.0,
                    374.0,
                    225.0,
                    20.0
                  ],
                  "text": "only when faster than real time"
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
                    348.0,
                    400.0,
                    120.0,
                    22.0
                  ],
                  "text": "wait 0"
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
                    476.0,
                    400.0,
                    85.0,
                    20.0
                  ],
                  "text": "never waits"
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
                    348.0,
                    452.0,
                    120.0,
                    22.0
                  ],
                  "text": "wet 1"
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
                    476.0,
                    452.0,
                    176.0,
                    20.0
                  ],
                  "text": "all of the model's sound"
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
                    348.0,
                    478.0,
                    120.0,
                    22.0
                  ],
                  "text": "wet 0"
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
                    476.0,
                    478.0,
                    78.0,
                    20.0
                  ],
                  "text": "none of it"
                }
              },
              {
                "box": {
                  "id": "obj-47",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    348.0,
                    504.0,
                    120.0,
                    22.0
                  ],
                  "text": "dry 0.5"
                }
              },
              {
                "box": {
                  "id": "obj-48",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    476.0,
                    504.0,
                    141.0,
                    20.0
                  ],
                  "text": "the input beside it"
                }
              },
              {
                "box": {
                  "id": "obj-49",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    348.0,
                    530.0,
                    120.0,
                    22.0
                  ],
                  "text": "dry 0"
                }
              },
              {
                "box": {
                  "id": "obj-50",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    476.0,
                    530.0,
                    113.0,
                    20.0
                  ],
                  "text": "the model alone"
                }
              },
              {
                "box": {
                  "id": "obj-51",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    348.0,
                    556.0,
                    120.0,
                    22.0
                  ],
                  "text": "input_gain 6"
                }
              },
              {
                "box": {
                  "id": "obj-52",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    476.0,
                    556.0,
                    204.0,
                    20.0
                  ],
                  "text": "louder into the model, in dB"
                }
              },
              {
                "box": {
                  "id": "obj-53",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    348.0,
                    582.0,
                    120.0,
                    22.0
                  ],
                  "text": "input_gain 0"
                }
              },
              {
                "box": {
                  "id": "obj-54",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    476.0,
                    582.0,
                    85.0,
                    20.0
                  ],
                  "text": "as it comes"
                }
              },
              {
                "box": {
                  "id": "obj-55",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    348.0,
                    608.0,
                    120.0,
                    22.0
                  ],
                  "text": "output_gain -6"
                }
              },
              {
                "box": {
                  "id": "obj-56",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    476.0,
                    608.0,
                    99.0,
                    20.0
                  ],
                  "text": "softer, in dB"
                }
              },
              {
                "box": {
                  "id": "obj-57",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    348.0,
                    634.0,
                    120.0,
                    22.0
                  ],
                  "text": "output_gain 0"
                }
              },
              {
                "box": {
                  "id": "obj-58",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    476.0,
                    634.0,
                    85.0,
                    20.0
                  ],
                  "text": "as it comes"
                }
              },
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-59",
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
                  "text": "in a few words"
                }
              },
              {
                "box": {
                  "id": "obj-60",
                  "linecount": 6,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    718.0,
                    88.0,
                    280.0,
                    90.0
                  ],
                  "text": "BUFFER: a model computes a block of samples at a time. The third argument, or bufsize, is how many: rounded up to a multiple of the model's ratios. Larger ones are cheaper, smaller ones are heard sooner."
                }
              },
              {
                "box": {
                  "id": "obj-61",
                  "linecount": 3,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    718.0,
                    218.0,
                    280.0,
                    48.0
                  ],
                  "text": "LATENCY = buffer - gcd(buffer, vector size) + deadline. It is constant. The delay inside the model comes on top."
                }
              },
              {
                "box": {
                  "id": "obj-62",
                  "linecount": 5,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    718.0,
                    296.0,
                    280.0,
                    76.0
                  ],
                  "text": "DEADLINE: how many samples the model may take after its buffer is full. A whole buffer is safe. Too short a one makes gaps, which stats counts as late."
                }
              },
              {
                "box": {
                  "id": "obj-63",
                  "linecount": 4,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    718.0,
                    400.0,
                    280.0,
                    62.0
                  ],
                  "text": "DRY: what goes in is heard beside the model, delayed by the latency, so that both come together. WET is the model's part."
                }
              },
              {
                "box": {
                  "id": "obj-64",
                  "linecount": 2,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    718.0,
                    504.0,
                    280.0,
                    34.0
                  ],
                  "text": "BUFFER 0: no thread. The whole model has to be done within one vector."
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
                    "obj-13",
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
                    "obj-6",
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
                    "obj-4",
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
                    "obj-8",
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
                    "obj-9",
                    0
                  ],
                  "source": [
                    "obj-8",
                    1
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-8",
                    0
                  ],
                  "midpoints": [
                    357.0,
                    112.0,
                    339.0,
                    112.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
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
                    "obj-8",
                    0
                  ],
                  "midpoints": [
                    357.0,
                    138.0,
                    339.0,
                    138.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
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
                    "obj-8",
                    0
                  ],
                  "midpoints": [
                    357.0,
                    164.0,
                    339.0,
                    164.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
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
                    "obj-8",
                    0
                  ],
                  "midpoints": [
                    357.0,
                    190.0,
                    339.0,
                    190.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
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
                    "obj-8",
                    0
                  ],
                  "midpoints": [
                    357.0,
                    216.0,
                    339.0,
                    216.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
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
                    "obj-8",
                    0
                  ],
                  "midpoints": [
                    357.0,
                    242.0,
                    339.0,
                    242.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
                  ],
                  "source": [
                    "obj-27",
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
                  "midpoints": [
                    357.0,
                    268.0,
                    339.0,
                    268.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
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
                    "obj-8",
                    0
                  ],
                  "midpoints": [
                    357.0,
                    294.0,
                    339.0,
                    294.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
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
                    "obj-8",
                    0
                  ],
                  "midpoints": [
                    357.0,
                    320.0,
                    339.0,
                    320.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
                  ],
                  "source": [
                    "obj-33",
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
                  "midpoints": [
                    357.0,
                    346.0,
                    339.0,
                    346.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
                  ],
                  "source": [
                    "obj-35",
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
                  "midpoints": [
                    357.0,
                    372.0,
                    339.0,
                    372.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
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
                    "obj-8",
                    0
                  ],
                  "midpoints": [
                    357.0,
                    398.0,
                    339.0,
                    398.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
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
                    "obj-8",
                    0
                  ],
                  "midpoints": [
                    357.0,
                    424.0,
                    339.0,
                    424.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
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
                    "obj-8",
                    0
                  ],
                  "midpoints": [
                    357.0,
                    476.0,
                    339.0,
                    476.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
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
                    "obj-8",
                    0
                  ],
                  "midpoints": [
                    357.0,
                    502.0,
                    339.0,
                    502.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
                  ],
                  "source": [
                    "obj-45",
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
                  "midpoints": [
                    357.0,
                    528.0,
                    339.0,
                    528.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
                  ],
                  "source": [
                    "obj-47",
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
                  "midpoints": [
                    357.0,
                    554.0,
                    339.0,
                    554.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
                  ],
                  "source": [
                    "obj-49",
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
                  "midpoints": [
                    357.0,
                    580.0,
                    339.0,
                    580.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
                  ],
                  "source": [
                    "obj-51",
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
                  "midpoints": [
                    357.0,
                    606.0,
                    339.0,
                    606.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
                  ],
                  "source": [
                    "obj-53",
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
                  "midpoints": [
                    357.0,
                    632.0,
                    339.0,
                    632.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
                  ],
                  "source": [
                    "obj-55",
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
                  "midpoints": [
                    357.0,
                    658.0,
                    339.0,
                    658.0,
                    339.0,
                    242.0,
                    29.0,
                    242.0
                  ],
                  "source": [
                    "obj-57",
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
            260.0,
            20.0,
            110.0,
            22.0
          ],
          "saved_object_attributes": {},
          "text": "p latency"
        }
      },
      {
        "box": {
          "id": "obj-4",
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
                  "text": "A .nm file is a model of Neutone: an effect with up to four parameters. This one is an overdrive."
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
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    88.0,
                    292.0,
                    22.0
                  ],
                  "text": "open nn-speech.wav, loop 1, 1; dsp start"
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
                    120.0,
                    114.0,
                    19.0,
                    22.0
                  ],
                  "text": "0"
                }
              },
              {
                "box": {
                  "id": "obj-5",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    144.0,
                    114.0,
                    50.0,
                    20.0
                  ],
                  "text": "stop"
                }
              },
              {
                "box": {
                  "id": "obj-6",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 2,
                  "outlettype": [
                    "signal",
                    "bang"
                  ],
                  "patching_rect": [
                    20.0,
                    166.0,
                    61.0,
                    22.0
                  ],
                  "text": "sfplay~"
                }
              },
              {
                "box": {
                  "id": "obj-7",
                  "maxclass": "flonum",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "",
                    "bang"
                  ],
                  "patching_rect": [
                    110.0,
                    166.0,
                    50.0,
                    22.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-8",
                  "maxclass": "flonum",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "",
                    "bang"
                  ],
                  "patching_rect": [
                    200.0,
                    166.0,
                    50.0,
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
                    110.0,
                    192.0,
                    60.0,
                    20.0
                  ],
                  "text": "Drive"
                }
              },
              {
                "box": {
                  "id": "obj-10",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    200.0,
                    192.0,
                    60.0,
                    20.0
                  ],
                  "text": "Tone"
                }
              },
              {
                "box": {
                  "id": "obj-11",
                  "maxclass": "newobj",
                  "numinlets": 3,
                  "numoutlets": 2,
                  "outlettype": [
                    "signal",
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    244.0,
                    187.0,
                    22.0
                  ],
                  "text": "nn~ drive.nm forward 1024"
                }
              },
              {
                "box": {
                  "id": "obj-12",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    190.0,
                    296.0,
                    96.0,
                    22.0
                  ],
                  "text": "print effect"
                }
              },
              {
                "box": {
                  "id": "obj-13",
                  "maxclass": "flonum",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "",
                    "bang"
                  ],
                  "patching_rect": [
                    200.0,
                    348.0,
                    50.0,
                    22.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-14",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    256.0,
                    348.0,
                    60.0,
                    20.0
                  ],
                  "text": "volume"
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
                    400.0,
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
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    100.0,
                    400.0,
                    54.0,
                    22.0
                  ],
                  "text": "*~ 0.3"
                }
              },
              {
                "box": {
                  "id": "obj-17",
                  "maxclass": "ezdac~",
                  "numinlets": 2,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    452.0,
                    45.0,
                    45.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-18",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    76.0,
                    452.0,
                    160.0,
                    20.0
                  ],
                  "text": "click: DSP on, off"
                }
              },
              {
                "box": {
                  "id": "obj-19",
                  "linecount": 2,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    38.0,
                    530.0,
                    290.0,
                    34.0
                  ],
                  "text": "Numbers from 0 to 1 into the inlets of Drive and Tone; a signal does it too."
                }
              },
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-20",
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
                  "text": "parameters"
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
                    378.0,
                    88.0,
                    120.0,
                    22.0
                  ],
                  "text": "set drive 0.8"
                }
              },
              {
                "box": {
                  "id": "obj-22",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    506.0,
                    88.0,
                    57.0,
                    20.0
                  ],
                  "text": "by name"
                }
              },
              {
                "box": {
                  "id": "obj-23",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    378.0,
                    114.0,
                    120.0,
                    22.0
                  ],
                  "text": "set p2 0.3"
                }
              },
              {
                "box": {
                  "id": "obj-24",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    506.0,
                    114.0,
                    71.0,
                    20.0
                  ],
                  "text": "by number"
                }
              },
              {
                "box": {
                  "id": "obj-25",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    378.0,
                    140.0,
                    120.0,
                    22.0
                  ],
                  "text": "get drive"
                }
              },
              {
                "box": {
                  "id": "obj-26",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    506.0,
                    140.0,
                    127.0,
                    20.0
                  ],
                  "text": "answer: drive 0.8"
                }
              },
              {
                "box": {
                  "id": "obj-27",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    378.0,
                    166.0,
                    120.0,
                    22.0
                  ],
                  "text": "get_attributes"
                }
              },
              {
                "box": {
                  "id": "obj-28",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    506.0,
                    166.0,
                    85.0,
                    20.0
                  ],
                  "text": "their names"
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
                    378.0,
                    218.0,
                    120.0,
                    22.0
                  ],
                  "text": "wet 0.5"
                }
              },
              {
                "box": {
                  "id": "obj-30",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    506.0,
                    218.0,
                    99.0,
                    20.0
                  ],
                  "text": "of the effect"
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
                    378.0,
                    244.0,
                    120.0,
                    22.0
                  ],
                  "text": "dry 0.5"
                }
              },
              {
                "box": {
                  "id": "obj-32",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    506.0,
                    244.0,
                    141.0,
                    20.0
                  ],
                  "text": "the input beside it"
                }
              },
              {
                "box": {
                  "id": "obj-33",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    378.0,
                    270.0,
                    120.0,
                    22.0
                  ],
                  "text": "wet 1"
                }
              },
              {
                "box": {
                  "id": "obj-34",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    506.0,
                    270.0,
                    176.0,
                    20.0
                  ],
                  "text": "all of the model's sound"
                }
              },
              {
                "box": {
                  "id": "obj-35",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    378.0,
                    296.0,
                    120.0,
                    22.0
                  ],
                  "text": "dry 0"
                }
              },
              {
                "box": {
                  "id": "obj-36",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    506.0,
                    296.0,
                    113.0,
                    20.0
                  ],
                  "text": "the model alone"
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
                    378.0,
                    322.0,
                    120.0,
                    22.0
                  ],
                  "text": "input_gain -6"
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
                    506.0,
                    322.0,
                    204.0,
                    20.0
                  ],
                  "text": "dB, for effect and dry sound"
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
                    378.0,
                    348.0,
                    120.0,
                    22.0
                  ],
                  "text": "input_gain 0"
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
                    506.0,
                    348.0,
                    85.0,
                    20.0
                  ],
                  "text": "as it comes"
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
                    378.0,
                    374.0,
                    120.0,
                    22.0
                  ],
                  "text": "output_gain 3"
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
                    506.0,
                    374.0,
                    148.0,
                    20.0
                  ],
                  "text": "dB, of what is heard"
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
                    378.0,
                    400.0,
                    120.0,
                    22.0
                  ],
                  "text": "output_gain 0"
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
                    506.0,
                    400.0,
                    85.0,
                    20.0
                  ],
                  "text": "as it comes"
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
                    378.0,
                    426.0,
                    120.0,
                    22.0
                  ],
                  "text": "latency"
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
                    506.0,
                    426.0,
                    127.0,
                    20.0
                  ],
                  "text": "in samples and ms"
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
                    720.0,
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
                  "linecount": 9,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    738.0,
                    88.0,
                    280.0,
                    132.0
                  ],
                  "text": "PARAMETERS: each has an inlet behind those of the sound. Send it a signal or a number from 0 to 1, or set it by its name (small letters, _ for spaces) or as p1 to p4. The last one counts, and a signal counts more than both. Many effects take one value for each buffer; Drive of this one changes with every sample."
                }
              },
              {
                "box": {
                  "id": "obj-49",
                  "linecount": 5,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    738.0,
                    270.0,
                    280.0,
                    76.0
                  ],
                  "text": "BUFFER, RATE: such a file may name those that it was made for. The box takes the nearest ones, says so once, and resamples without being asked. This one takes any."
                }
              },
              {
                "box": {
                  "id": "obj-50",
                  "linecount": 4,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    738.0,
                    374.0,
                    280.0,
                    62.0
                  ],
                  "text": "WET, DRY: the effect, and what goes in beside it, delayed by the latency so that both come together. They and the gains (in dB) begin as the file says."
                }
              },
              {
                "box": {
                  "id": "obj-51",
                  "linecount": 3,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    738.0,
                    478.0,
                    280.0,
                    48.0
                  ],
                  "text": "FILES: nn~ NAME looks for NAME.ts, then for NAME.nm. What is in one: nn.info NAME.nm."
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
                    "obj-15",
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
                    "obj-17",
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
                    "obj-16",
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
                    "obj-17",
                    1
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
                    "obj-6",
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
                    "obj-6",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-11",
                    1
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
                    "obj-11",
                    2
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
                    "obj-12",
                    0
                  ],
                  "source": [
                    "obj-11",
                    1
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-11",
                    0
                  ],
                  "midpoints": [
                    387.0,
                    112.0,
                    369.0,
                    112.0,
                    369.0,
                    242.0,
                    29.0,
                    242.0
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
                    "obj-11",
                    0
                  ],
                  "midpoints": [
                    387.0,
                    138.0,
                    369.0,
                    138.0,
                    369.0,
                    242.0,
                    29.0,
                    242.0
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
                    "obj-11",
                    0
                  ],
                  "midpoints": [
                    387.0,
                    164.0,
                    369.0,
                    164.0,
                    369.0,
                    242.0,
                    29.0,
                    242.0
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
                    "obj-11",
                    0
                  ],
                  "midpoints": [
                    387.0,
                    190.0,
                    369.0,
                    190.0,
                    369.0,
                    242.0,
                    29.0,
                    242.0
                  ],
                  "source": [
                    "obj-27",
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
                  "midpoints": [
                    387.0,
                    242.0,
                    369.0,
                    242.0,
                    369.0,
                    242.0,
                    29.0,
                    242.0
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
                    "obj-11",
                    0
                  ],
                  "midpoints": [
                    387.0,
                    268.0,
                    369.0,
                    268.0,
                    369.0,
                    242.0,
                    29.0,
                    242.0
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
                    "obj-11",
                    0
                  ],
                  "midpoints": [
                    387.0,
                    294.0,
                    369.0,
                    294.0,
                    369.0,
                    242.0,
                    29.0,
                    242.0
                  ],
                  "source": [
                    "obj-33",
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
                  "midpoints": [
                    387.0,
                    320.0,
                    369.0,
                    320.0,
                    369.0,
                    242.0,
                    29.0,
                    242.0
                  ],
                  "source": [
                    "obj-35",
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
                  "midpoints": [
                    387.0,
                    346.0,
                    369.0,
                    346.0,
                    369.0,
                    242.0,
                    29.0,
                    242.0
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
                    "obj-11",
                    0
                  ],
                  "midpoints": [
                    387.0,
                    372.0,
                    369.0,
                    372.0,
                    369.0,
                    242.0,
                    29.0,
                    242.0
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
                    "obj-11",
                    0
                  ],
                  "midpoints": [
                    387.0,
                    398.0,
                    369.0,
                    398.0,
                    369.0,
                    242.0,
                    29.0,
                    242.0
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
                    "obj-11",
                    0
                  ],
                  "midpoints": [
                    387.0,
                    424.0,
                    369.0,
                    424.0,
                    369.0,
                    242.0,
                    29.0,
                    242.0
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
                    "obj-11",
                    0
                  ],
                  "midpoints": [
                    387.0,
                    450.0,
                    369.0,
                    450.0,
                    369.0,
                    242.0,
                    29.0,
                    242.0
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
            380.0,
            20.0,
            110.0,
            22.0
          ],
          "saved_object_attributes": {},
          "text": "p effects"
        }
      },
      {
        "box": {
          "id": "obj-5",
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
                  "text": "Some .nm files are generators: they make whole sounds, into a buffer~. This one plays chords."
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
                  "text": "render, then hear it"
                }
              },
              {
                "box": {
                  "id": "obj-3",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    88.0,
                    117.0,
                    22.0
                  ],
                  "text": "render nn-chord"
                }
              },
              {
                "box": {
                  "id": "obj-4",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    140.0,
                    96.0,
                    22.0
                  ],
                  "text": "nn~ chord.nm"
                }
              },
              {
                "box": {
                  "id": "obj-5",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 3,
                  "outlettype": [
                    "",
                    "",
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    192.0,
                    222.0,
                    22.0
                  ],
                  "text": "route render_progress rendered"
                }
              },
              {
                "box": {
                  "id": "obj-6",
                  "maxclass": "flonum",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "",
                    "bang"
                  ],
                  "patching_rect": [
                    20.0,
                    244.0,
                    50.0,
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
                    80.0,
                    244.0,
                    80.0,
                    20.0
                  ],
                  "text": "per cent"
                }
              },
              {
                "box": {
                  "id": "obj-8",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    170.0,
                    244.0,
                    117.0,
                    22.0
                  ],
                  "text": "print generator"
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
                    47.0,
                    22.0
                  ],
                  "text": "start"
                }
              },
              {
                "box": {
                  "id": "obj-10",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 3,
                  "outlettype": [
                    "signal",
                    "signal",
                    "bang"
                  ],
                  "patching_rect": [
                    100.0,
                    296.0,
                    124.0,
                    22.0
                  ],
                  "text": "play~ nn-chord 2"
                }
              },
              {
                "box": {
                  "id": "obj-11",
                  "maxclass": "flonum",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "",
                    "bang"
                  ],
                  "patching_rect": [
                    200.0,
                    348.0,
                    50.0,
                    22.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-12",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    256.0,
                    348.0,
                    60.0,
                    20.0
                  ],
                  "text": "volume"
                }
              },
              {
                "box": {
                  "id": "obj-13",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    20.0,
                    400.0,
                    54.0,
                    22.0
                  ],
                  "text": "*~ 0.3"
                }
              },
              {
                "box": {
                  "id": "obj-14",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    100.0,
                    400.0,
                    54.0,
                    22.0
                  ],
                  "text": "*~ 0.3"
                }
              },
              {
                "box": {
                  "id": "obj-15",
                  "maxclass": "ezdac~",
                  "numinlets": 2,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    452.0,
                    45.0,
                    45.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-16",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    76.0,
                    452.0,
                    160.0,
                    20.0
                  ],
                  "text": "click: DSP on, off"
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
                    20.0,
                    530.0,
                    173.0,
                    22.0
                  ],
                  "text": "buffer~ nn-chord 1000 2"
                }
              },
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-18",
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
                  "text": "what it is to play"
                }
              },
              {
                "box": {
                  "id": "obj-19",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    378.0,
                    88.0,
                    120.0,
                    22.0
                  ],
                  "text": "set notes c e g"
                }
              },
              {
                "box": {
                  "id": "obj-20",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    506.0,
                    88.0,
                    43.0,
                    20.0
                  ],
                  "text": "words"
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
                    378.0,
                    114.0,
                    120.0,
                    22.0
                  ],
                  "text": "set keys 48 72"
                }
              },
              {
                "box": {
                  "id": "obj-22",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    506.0,
                    114.0,
                    127.0,
                    20.0
                  ],
                  "text": "a list of numbers"
                }
              },
              {
                "box": {
                  "id": "obj-23",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    378.0,
                    140.0,
                    120.0,
                    22.0
                  ],
                  "text": "set shape fading"
                }
              },
              {
                "box": {
                  "id": "obj-24",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    506.0,
                    140.0,
                    155.0,
                    20.0
                  ],
                  "text": "a choice, by its name"
                }
              },
              {
                "box": {
                  "id": "obj-25",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    378.0,
                    166.0,
                    120.0,
                    22.0
                  ],
                  "text": "set shape 0"
                }
              },
              {
                "box": {
                  "id": "obj-26",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    506.0,
                    166.0,
                    92.0,
                    20.0
                  ],
                  "text": "or its place"
                }
              },
              {
                "box": {
                  "id": "obj-27",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    378.0,
                    192.0,
                    120.0,
                    22.0
                  ],
                  "text": "set seconds 0.05"
                }
              },
              {
                "box": {
                  "id": "obj-28",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    506.0,
                    192.0,
                    85.0,
                    20.0
                  ],
                  "text": "from 0 to 1"
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
                    378.0,
                    218.0,
                    120.0,
                    22.0
                  ],
                  "text": "get notes"
                }
              },
              {
                "box": {
                  "id": "obj-30",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    506.0,
                    218.0,
                    141.0,
                    20.0
                  ],
                  "text": "answer: notes c e g"
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
                    378.0,
                    244.0,
                    120.0,
                    22.0
                  ],
                  "text": "seed 7"
                }
              },
              {
                "box": {
                  "id": "obj-32",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    506.0,
                    244.0,
                    127.0,
                    20.0
                  ],
                  "text": "of random numbers"
                }
              },
              {
                "box": {
                  "id": "obj-33",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    378.0,
                    270.0,
                    120.0,
                    22.0
                  ],
                  "text": "cancel render"
                }
              },
              {
                "box": {
                  "id": "obj-34",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    506.0,
                    270.0,
                    113.0,
                    20.0
                  ],
                  "text": "stops rendering"
                }
              },
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-35",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    720.0,
                    62.0,
                    240.0,
                    20.0
                  ],
                  "text": "in a few words"
                }
              },
              {
                "box": {
                  "id": "obj-36",
                  "linecount": 4,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    738.0,
                    88.0,
                    280.0,
                    62.0
                  ],
                  "text": "RENDER: first the buffers that the model takes, then those for what it makes. Each gets the length and the channels of its sound."
                }
              },
              {
                "box": {
                  "id": "obj-37",
                  "linecount": 4,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    738.0,
                    192.0,
                    280.0,
                    62.0
                  ],
                  "text": "MEANWHILE the patch plays on. render_progress tells how far it is, rendered NAME SAMPLES RATE that a buffer~ is written."
                }
              },
              {
                "box": {
                  "id": "obj-38",
                  "linecount": 4,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    738.0,
                    296.0,
                    280.0,
                    62.0
                  ],
                  "text": "OTHERS take sounds as well: render IN OUT. What a model takes and makes is in the answer to bang (sounds 0 1) and in nn.info."
                }
              },
              {
                "box": {
                  "id": "obj-39",
                  "linecount": 3,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    738.0,
                    400.0,
                    280.0,
                    48.0
                  ],
                  "text": "WHAT IS SET counts for the next render. Words may be several: set prompt a warm voice."
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
                    "obj-10",
                    1
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
                    "obj-11",
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
                    "obj-14",
                    0
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
                    "obj-5",
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
                    "obj-8",
                    0
                  ],
                  "source": [
                    "obj-5",
                    1
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
                    "obj-4",
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
                    "obj-19",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-4",
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
                    "obj-21",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-4",
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
                    "obj-23",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-4",
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
                    "obj-25",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-4",
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
                    "obj-27",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-4",
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
                    "obj-29",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-4",
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
                    "obj-31",
                    0
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-4",
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
                    "obj-33",
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
            500.0,
            20.0,
            110.0,
            22.0
          ],
          "saved_object_attributes": {},
          "text": "p generators"
        }
      },
      {
        "box": {
          "id": "obj-6",
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
                  "text": "Several inputs of a model, and several examples at a time"
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
                  "text": "nn~: a cord for each channel"
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
                    140.0,
                    88.0,
                    75.0,
                    22.0
                  ],
                  "text": "saw~ 110."
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
                    210.0,
                    140.0,
                    110.0,
                    22.0
                  ],
                  "text": "0.3; dsp start"
                }
              },
              {
                "box": {
                  "id": "obj-6",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    326.0,
                    140.0,
                    26.0,
                    22.0
                  ],
                  "text": "0."
                }
              },
              {
                "box": {
                  "id": "obj-7",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    20.0,
                    192.0,
                    47.0,
                    22.0
                  ],
                  "text": "*~ 0."
                }
              },
              {
                "box": {
                  "id": "obj-8",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    140.0,
                    192.0,
                    47.0,
                    22.0
                  ],
                  "text": "*~ 0."
                }
              },
              {
                "box": {
                  "id": "obj-9",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 3,
                  "outlettype": [
                    "signal",
                    "signal",
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    270.0,
                    138.0,
                    22.0
                  ],
                  "text": "nn~ multi swap 512"
                }
              },
              {
                "box": {
                  "id": "obj-10",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    200.0,
                    322.0,
                    75.0,
                    22.0
                  ],
                  "text": "print nn~"
                }
              },
              {
                "box": {
                  "id": "obj-11",
                  "maxclass": "flonum",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "",
                    "bang"
                  ],
                  "patching_rect": [
                    200.0,
                    374.0,
                    50.0,
                    22.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-12",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    256.0,
                    374.0,
                    60.0,
                    20.0
                  ],
                  "text": "volume"
                }
              },
              {
                "box": {
                  "id": "obj-13",
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
                  "id": "obj-14",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    100.0,
                    426.0,
                    54.0,
                    22.0
                  ],
                  "text": "*~ 0.3"
                }
              },
              {
                "box": {
                  "id": "obj-15",
                  "maxclass": "ezdac~",
                  "numinlets": 2,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    478.0,
                    45.0,
                    45.0
                  ]
                }
              },
              {
                "box": {
                  "id": "obj-16",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    76.0,
                    478.0,
                    160.0,
                    20.0
                  ],
                  "text": "click: DSP on, off"
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
                    38.0,
                    530.0,
                    290.0,
                    20.0
                  ],
                  "text": "This method swaps its two channels."
                }
              },
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-18",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    380.0,
                    62.0,
                    240.0,
                    20.0
                  ],
                  "text": "methods of this model"
                }
              },
              {
                "box": {
                  "id": "obj-19",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    398.0,
                    88.0,
                    120.0,
                    22.0
                  ],
                  "text": "method swap"
                }
              },
              {
                "box": {
                  "id": "obj-20",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    526.0,
                    88.0,
                    99.0,
                    20.0
                  ],
                  "text": "left is right"
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
                    398.0,
                    114.0,
                    120.0,
                    22.0
                  ],
                  "text": "method forward"
                }
              },
              {
                "box": {
                  "id": "obj-22",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    526.0,
                    114.0,
                    197.0,
                    20.0
                  ],
                  "text": "left halved, right inverted"
                }
              },
              {
                "box": {
                  "id": "obj-23",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    398.0,
                    140.0,
                    120.0,
                    22.0
                  ],
                  "text": "method midside"
                }
              },
              {
                "box": {
                  "id": "obj-24",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    526.0,
                    140.0,
                    113.0,
                    20.0
                  ],
                  "text": "middle and side"
                }
              },
              {
                "box": {
                  "id": "obj-25",
                  "linecount": 3,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    398.0,
                    192.0,
                    290.0,
                    48.0
                  ],
                  "text": "The box has as many inlets and outlets as the method it is made with, and keeps them."
                }
              },
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-26",
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
                  "text": "mc.nn~ and mcs.nn~"
                }
              },
              {
                "box": {
                  "id": "obj-27",
                  "linecount": 3,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    778.0,
                    88.0,
                    280.0,
                    48.0
                  ],
                  "text": "mc.nn~: the channels of a multichannel signal are the examples that go through the model at a time."
                }
              },
              {
                "box": {
                  "id": "obj-28",
                  "linecount": 3,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    778.0,
                    166.0,
                    280.0,
                    48.0
                  ],
                  "text": "mcs.nn~: one inlet and one outlet for each example; the channels of its signal are the model's."
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
                    778.0,
                    244.0,
                    260.0,
                    20.0
                  ],
                  "text": "Both have help of their own."
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
                    "obj-13",
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
                    "obj-9",
                    1
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
                    "obj-11",
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
                    "obj-14",
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
                    "obj-8",
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
                    "obj-8",
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
                    "obj-7",
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
                    "obj-9",
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
                    "obj-9",
                    1
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
                    2
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-9",
                    0
                  ],
                  "midpoints": [
                    407.0,
                    112.0,
                    389.0,
                    112.0,
                    389.0,
                    268.0,
                    29.0,
                    268.0
                  ],
                  "source": [
                    "obj-19",
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
                  "midpoints": [
                    407.0,
                    138.0,
                    389.0,
                    138.0,
                    389.0,
                    268.0,
                    29.0,
                    268.0
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
                    "obj-9",
                    0
                  ],
                  "midpoints": [
                    407.0,
                    164.0,
                    389.0,
                    164.0,
                    389.0,
                    268.0,
                    29.0,
                    268.0
                  ],
                  "source": [
                    "obj-23",
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
            620.0,
            20.0,
            110.0,
            22.0
          ],
          "saved_object_attributes": {},
          "text": "p multichannel"
        }
      },
      {
        "box": {
          "id": "obj-7",
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
                  "text": "Where models come from"
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
                  "text": "a box without a model"
                }
              },
              {
                "box": {
                  "id": "obj-3",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "signal",
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    140.0,
                    131.0,
                    22.0
                  ],
                  "text": "nn~ void 1 1 2048"
                }
              },
              {
                "box": {
                  "id": "obj-4",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    60.0,
                    192.0,
                    75.0,
                    22.0
                  ],
                  "text": "print nn~"
                }
              },
              {
                "box": {
                  "id": "obj-5",
                  "linecount": 5,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    38.0,
                    244.0,
                    290.0,
                    76.0
                  ],
                  "text": "Models are looked for beside the patch, in the package's folder models, in Max's search path, and by a full path. A box whose model is missing says so, is silent, and takes load."
                }
              },
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-6",
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
                  "text": "from the internet"
                }
              },
              {
                "box": {
                  "id": "obj-7",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    378.0,
                    88.0,
                    160.0,
                    22.0
                  ],
                  "text": "get_available_models"
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
                    546.0,
                    88.0,
                    197.0,
                    20.0
                  ],
                  "text": "lists: available CARD BYTES"
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
                    378.0,
                    114.0,
                    160.0,
                    22.0
                  ],
                  "text": "print_available_models"
                }
              },
              {
                "box": {
                  "id": "obj-10",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    546.0,
                    114.0,
                    64.0,
                    20.0
                  ],
                  "text": "the same"
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
                    378.0,
                    140.0,
                    160.0,
                    22.0
                  ],
                  "text": "download CARD"
                }
              },
              {
                "box": {
                  "id": "obj-12",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    546.0,
                    140.0,
                    190.0,
                    20.0
                  ],
                  "text": "CARD as listed, or its end"
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
                    378.0,
                    166.0,
                    160.0,
                    22.0
                  ],
                  "text": "cancel"
                }
              },
              {
                "box": {
                  "id": "obj-14",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    546.0,
                    166.0,
                    218.0,
                    20.0
                  ],
                  "text": "calls off this box's downloads"
                }
              },
              {
                "box": {
                  "id": "obj-15",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    378.0,
                    192.0,
                    160.0,
                    22.0
                  ],
                  "text": "delete NAME"
                }
              },
              {
                "box": {
                  "id": "obj-16",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    546.0,
                    192.0,
                    169.0,
                    20.0
                  ],
                  "text": "one that was downloaded"
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
                    378.0,
                    218.0,
                    160.0,
                    22.0
                  ],
                  "text": "remove NAME"
                }
              },
              {
                "box": {
                  "id": "obj-18",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    546.0,
                    218.0,
                    64.0,
                    20.0
                  ],
                  "text": "the same"
                }
              },
              {
                "box": {
                  "id": "obj-19",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    378.0,
                    244.0,
                    160.0,
                    22.0
                  ],
                  "text": "load codec"
                }
              },
              {
                "box": {
                  "id": "obj-20",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    546.0,
                    244.0,
                    169.0,
                    20.0
                  ],
                  "text": "plays one that is there"
                }
              },
              {
                "box": {
                  "id": "obj-21",
                  "linecount": 2,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    378.0,
                    296.0,
                    400.0,
                    34.0
                  ],
                  "text": "Nothing here makes Max wait. Answers come from the information outlet and on the console, with progress."
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
                    1
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
                    "obj-7",
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
                    "obj-9",
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
                    "obj-11",
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
                    "obj-13",
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
                    "obj-15",
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
                    "obj-17",
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
                    "obj-19",
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
            740.0,
            20.0,
            110.0,
            22.0
          ],
          "saved_object_attributes": {},
          "text": "p models"
        }
      },
      {
        "box": {
          "id": "obj-8",
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
                  "text": "Scripts in Python, and MIDI"
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
                  "text": "play it"
                }
              },
              {
                "box": {
                  "id": "obj-3",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    88.0,
                    159.0,
                    22.0
                  ],
                  "text": "load synth.py process"
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
                    114.0,
                    290.0,
                    34.0
                  ],
                  "text": "It lies in the package, in examples/scripts."
                }
              },
              {
                "box": {
                  "id": "obj-5",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    "int"
                  ],
                  "patching_rect": [
                    20.0,
                    218.0,
                    54.0,
                    22.0
                  ],
                  "text": "midiin"
                }
              },
              {
                "box": {
                  "id": "obj-6",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    130.0,
                    218.0,
                    96.0,
                    22.0
                  ],
                  "text": "prepend midi"
                }
              },
              {
                "box": {
                  "id": "obj-7",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "signal",
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    296.0,
                    124.0,
                    22.0
                  ],
                  "text": "nn~ void 1 1 512"
                }
              },
              {
                "box": {
                  "id": "obj-8",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 2,
                  "outlettype": [
                    "",
                    ""
                  ],
                  "patching_rect": [
                    170.0,
                    348.0,
                    82.0,
                    22.0
                  ],
                  "text": "route midi"
                }
              },
              {
                "box": {
                  "id": "obj-9",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    170.0,
                    374.0,
                    110.0,
                    22.0
                  ],
                  "text": "print answered"
                }
              },
              {
                "box": {
                  "id": "obj-10",
                  "maxclass": "flonum",
                  "numinlets": 1,
                  "numoutlets": 2,
                  "outlettype": [
                    "",
                    "bang"
                  ],
                  "patching_rect": [
                    200.0,
                    426.0,
                    50.0,
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
                    256.0,
                    426.0,
                    60.0,
                    20.0
                  ],
                  "text": "volume"
                }
              },
              {
                "box": {
                  "id": "obj-12",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    20.0,
                    478.0,
                    54.0,
                    22.0
                  ],
                  "text": "*~ 0.3"
                }
              },
              {
                "box": {
                  "id": "obj-13",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    "signal"
                  ],
                  "patching_rect": [
                    100.0,
                    478.0,
                    54.0,
                    22.0
                  ],
                  "text": "*~ 0.3"
                }
              },
              {
                "box": {
                  "id": "obj-14",
                  "maxclass": "ezdac~",
                  "numinlets": 2,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    530.0,
                    45.0,
                    45.0
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
                    76.0,
                    530.0,
                    160.0,
                    20.0
                  ],
                  "text": "click: DSP on, off"
                }
              },
              {
                "box": {
                  "id": "obj-16",
                  "linecount": 4,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    38.0,
                    582.0,
                    290.0,
                    62.0
                  ],
                  "text": "A script is a program that runs beside Max: play only those that you would run. Errors are one line with file and line number."
                }
              },
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-17",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    380.0,
                    62.0,
                    240.0,
                    20.0
                  ],
                  "text": "MIDI"
                }
              },
              {
                "box": {
                  "id": "obj-18",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    398.0,
                    88.0,
                    130.0,
                    22.0
                  ],
                  "text": "midi 144 60 100"
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
                    536.0,
                    88.0,
                    71.0,
                    20.0
                  ],
                  "text": "a note on"
                }
              },
              {
                "box": {
                  "id": "obj-20",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    398.0,
                    114.0,
                    130.0,
                    22.0
                  ],
                  "text": "midi 128 60 0"
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
                    536.0,
                    114.0,
                    57.0,
                    20.0
                  ],
                  "text": "and off"
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
                    398.0,
                    140.0,
                    130.0,
                    22.0
                  ],
                  "text": "bpm 120"
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
                    536.0,
                    140.0,
                    162.0,
                    20.0
                  ],
                  "text": "the tempo, for scripts"
                }
              },
              {
                "box": {
                  "id": "obj-24",
                  "maxclass": "message",
                  "numinlets": 2,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    398.0,
                    166.0,
                    130.0,
                    22.0
                  ],
                  "text": "transport 1"
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
                    536.0,
                    166.0,
                    197.0,
                    20.0
                  ],
                  "text": "the song plays, for scripts"
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
                    398.0,
                    192.0,
                    130.0,
                    22.0
                  ],
                  "text": "transport 0"
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
                    536.0,
                    192.0,
                    71.0,
                    20.0
                  ],
                  "text": "and stops"
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
                    398.0,
                    244.0,
                    130.0,
                    22.0
                  ],
                  "text": "watch 1"
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
                    536.0,
                    244.0,
                    120.0,
                    20.0
                  ],
                  "text": "follows the file"
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
                    398.0,
                    270.0,
                    130.0,
                    22.0
                  ],
                  "text": "watch 0"
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
                    536.0,
                    270.0,
                    92.0,
                    20.0
                  ],
                  "text": "not any more"
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
                    398.0,
                    296.0,
                    130.0,
                    22.0
                  ],
                  "text": "own 1"
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
                    536.0,
                    296.0,
                    204.0,
                    20.0
                  ],
                  "text": "a process for this box alone"
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
                    398.0,
                    322.0,
                    130.0,
                    22.0
                  ],
                  "text": "own 0"
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
                    536.0,
                    322.0,
                    127.0,
                    20.0
                  ],
                  "text": "one for all boxes"
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
                    398.0,
                    348.0,
                    130.0,
                    22.0
                  ],
                  "text": "python auto"
                }
              },
              {
                "box": {
                  "id": "obj-37",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    536.0,
                    348.0,
                    183.0,
                    20.0
                  ],
                  "text": "which Python runs scripts"
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
                    "obj-13",
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
                    "obj-9",
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
                    "obj-7",
                    0
                  ],
                  "midpoints": [
                    407.0,
                    112.0,
                    389.0,
                    112.0,
                    389.0,
                    294.0,
                    29.0,
                    294.0
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
                    "obj-7",
                    0
                  ],
                  "midpoints": [
                    407.0,
                    138.0,
                    389.0,
                    138.0,
                    389.0,
                    294.0,
                    29.0,
                    294.0
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
                    "obj-7",
                    0
                  ],
                  "midpoints": [
                    407.0,
                    164.0,
                    389.0,
                    164.0,
                    389.0,
                    294.0,
                    29.0,
                    294.0
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
                    "obj-7",
                    0
                  ],
                  "midpoints": [
                    407.0,
                    190.0,
                    389.0,
                    190.0,
                    389.0,
                    294.0,
                    29.0,
                    294.0
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
                    "obj-7",
                    0
                  ],
                  "midpoints": [
                    407.0,
                    216.0,
                    389.0,
                    216.0,
                    389.0,
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
                    "obj-7",
                    0
                  ],
                  "midpoints": [
                    407.0,
                    268.0,
                    389.0,
                    268.0,
                    389.0,
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
                    "obj-7",
                    0
                  ],
                  "midpoints": [
                    407.0,
                    294.0,
                    389.0,
                    294.0,
                    389.0,
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
                    "obj-7",
                    0
                  ],
                  "midpoints": [
                    407.0,
                    320.0,
                    389.0,
                    320.0,
                    389.0,
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
                    "obj-7",
                    0
                  ],
                  "midpoints": [
                    407.0,
                    346.0,
                    389.0,
                    346.0,
                    389.0,
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
                    "obj-7",
                    0
                  ],
                  "midpoints": [
                    407.0,
                    372.0,
                    389.0,
                    372.0,
                    389.0,
                    294.0,
                    29.0,
                    294.0
                  ],
                  "source": [
                    "obj-36",
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
            860.0,
            20.0,
            110.0,
            22.0
          ],
          "saved_object_attributes": {},
          "text": "p scripts"
        }
      },
      {
        "box": {
          "id": "obj-9",
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
                  "text": "What is typed into the box"
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
                  "text": "form"
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
                    20.0,
                    88.0,
                    320.0,
                    20.0
                  ],
                  "text": "nn~ MODEL METHOD BUFFER"
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
                    360.0,
                    88.0,
                    560.0,
                    34.0
                  ],
                  "text": "MODEL with or without .ts or .nm; METHOD forward unless given; BUFFER in samples, the model's largest ratio unless given"
                }
              },
              {
                "box": {
                  "id": "obj-5",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    140.0,
                    320.0,
                    20.0
                  ],
                  "text": "nn~ MODEL BUFFER"
                }
              },
              {
                "box": {
                  "id": "obj-6",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    360.0,
                    140.0,
                    560.0,
                    20.0
                  ],
                  "text": "the method forward"
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
                    20.0,
                    192.0,
                    320.0,
                    20.0
                  ],
                  "text": "nn~ MODEL METHOD BUFFER INLETS OUTLETS"
                }
              },
              {
                "box": {
                  "id": "obj-8",
                  "linecount": 2,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    360.0,
                    192.0,
                    560.0,
                    34.0
                  ],
                  "text": "as many whatever the model: missing inputs are silence, spare outlets are silent"
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
                    20.0,
                    244.0,
                    320.0,
                    20.0
                  ],
                  "text": "nn~ void INLETS OUTLETS BUFFER"
                }
              },
              {
                "box": {
                  "id": "obj-10",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    360.0,
                    244.0,
                    560.0,
                    20.0
                  ],
                  "text": "no model yet: send load"
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
                    296.0,
                    320.0,
                    20.0
                  ],
                  "text": "nn~ MODEL @enable 0 @deadline auto"
                }
              },
              {
                "box": {
                  "id": "obj-12",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    360.0,
                    296.0,
                    560.0,
                    20.0
                  ],
                  "text": "attributes last"
                }
              },
              {
                "box": {
                  "id": "obj-13",
                  "maxclass": "newobj",
                  "numinlets": 2,
                  "numoutlets": 4,
                  "outlettype": [
                    "signal",
                    "signal",
                    "signal",
                    ""
                  ],
                  "patching_rect": [
                    20.0,
                    374.0,
                    180.0,
                    22.0
                  ],
                  "text": "nn~ gain forward 512 2 3"
                }
              },
              {
                "box": {
                  "id": "obj-14",
                  "linecount": 1,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    240.0,
                    374.0,
                    400.0,
                    20.0
                  ],
                  "text": "two inlets, three outlets, whatever the model"
                }
              },
              {
                "box": {
                  "id": "obj-15",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    240.0,
                    400.0,
                    75.0,
                    22.0
                  ],
                  "text": "print nn~"
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
                    "obj-15",
                    0
                  ],
                  "source": [
                    "obj-13",
                    3
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
            980.0,
            20.0,
            110.0,
            22.0
          ],
          "saved_object_attributes": {},
          "text": "p arguments"
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
