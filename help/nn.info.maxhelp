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
                  "text": "nn.info : what is in a model file, and whether it can run here. Nothing is played."
                }
              },
              {
                "box": {
                  "id": "obj-2",
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
                    452.0,
                    120.0,
                    22.0
                  ],
                  "text": "nn.info codec"
                }
              },
              {
                "box": {
                  "id": "obj-3",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    20.0,
                    504.0,
                    82.0,
                    22.0
                  ],
                  "text": "print path"
                }
              },
              {
                "box": {
                  "id": "obj-4",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    160.0,
                    504.0,
                    103.0,
                    22.0
                  ],
                  "text": "print methods"
                }
              },
              {
                "box": {
                  "id": "obj-5",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    300.0,
                    504.0,
                    124.0,
                    22.0
                  ],
                  "text": "print attributes"
                }
              },
              {
                "box": {
                  "id": "obj-6",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    440.0,
                    504.0,
                    124.0,
                    22.0
                  ],
                  "text": "print parameters"
                }
              },
              {
                "box": {
                  "id": "obj-7",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    580.0,
                    504.0,
                    131.0,
                    22.0
                  ],
                  "text": "print description"
                }
              },
              {
                "box": {
                  "id": "obj-8",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    720.0,
                    504.0,
                    96.0,
                    22.0
                  ],
                  "text": "print models"
                }
              },
              {
                "box": {
                  "id": "obj-9",
                  "linecount": 2,
                  "maxclass": "comment",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    38.0,
                    556.0,
                    600.0,
                    34.0
                  ],
                  "text": "Files are read in the background. Problems are lines on the console, each with its cure."
                }
              },
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-10",
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
                  "text": "ask"
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
                    38.0,
                    88.0,
                    120.0,
                    22.0
                  ],
                  "text": "set codec"
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
                    166.0,
                    88.0,
                    120.0,
                    20.0
                  ],
                  "text": "looks at a model"
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
                    38.0,
                    114.0,
                    120.0,
                    22.0
                  ],
                  "text": "set gain"
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
                    38.0,
                    140.0,
                    120.0,
                    22.0
                  ],
                  "text": "set features"
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
                    38.0,
                    166.0,
                    120.0,
                    22.0
                  ],
                  "text": "bang"
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
                    166.0,
                    166.0,
                    183.0,
                    20.0
                  ],
                  "text": "everything, right to left"
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
                    38.0,
                    192.0,
                    120.0,
                    22.0
                  ],
                  "text": "dump"
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
                    166.0,
                    192.0,
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
                    38.0,
                    218.0,
                    120.0,
                    22.0
                  ],
                  "text": "path"
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
                    166.0,
                    218.0,
                    64.0,
                    20.0
                  ],
                  "text": "its file"
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
                    38.0,
                    244.0,
                    120.0,
                    22.0
                  ],
                  "text": "methods"
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
                    166.0,
                    244.0,
                    71.0,
                    20.0
                  ],
                  "text": "the names"
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
                    38.0,
                    270.0,
                    120.0,
                    22.0
                  ],
                  "text": "attributes"
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
                    166.0,
                    270.0,
                    71.0,
                    20.0
                  ],
                  "text": "the names"
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
                  "text": "ask for more"
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
                    130.0,
                    22.0
                  ],
                  "text": "parameters"
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
                    576.0,
                    88.0,
                    169.0,
                    20.0
                  ],
                  "text": "channels, ratios, types"
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
                    130.0,
                    22.0
                  ],
                  "text": "parameters forward"
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
                    576.0,
                    114.0,
                    190.0,
                    20.0
                  ],
                  "text": "of one method or attribute"
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
                    130.0,
                    22.0
                  ],
                  "text": "dump_dict"
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
                    576.0,
                    140.0,
                    155.0,
                    20.0
                  ],
                  "text": "the whole description"
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
                    130.0,
                    22.0
                  ],
                  "text": "write codec.yaml"
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
                    576.0,
                    166.0,
                    190.0,
                    20.0
                  ],
                  "text": "as a file beside the patch"
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
                    130.0,
                    22.0
                  ],
                  "text": "doctor"
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
                    576.0,
                    192.0,
                    218.0,
                    20.0
                  ],
                  "text": "do models play on this machine"
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
                    130.0,
                    22.0
                  ],
                  "text": "selftest begin"
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
                    576.0,
                    218.0,
                    183.0,
                    20.0
                  ],
                  "text": "see the patch nn-selftest"
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
                    "obj-4",
                    0
                  ],
                  "source": [
                    "obj-2",
                    1
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
                    "obj-2",
                    2
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
                    "obj-2",
                    3
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
                    "obj-2",
                    4
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
                    "obj-2",
                    5
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-2",
                    0
                  ],
                  "midpoints": [
                    47.0,
                    112.0,
                    29.0,
                    112.0,
                    29.0,
                    450.0,
                    29.0,
                    450.0
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
                    "obj-2",
                    0
                  ],
                  "midpoints": [
                    47.0,
                    138.0,
                    29.0,
                    138.0,
                    29.0,
                    450.0,
                    29.0,
                    450.0
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
                    "obj-2",
                    0
                  ],
                  "midpoints": [
                    47.0,
                    164.0,
                    29.0,
                    164.0,
                    29.0,
                    450.0,
                    29.0,
                    450.0
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
                    "obj-2",
                    0
                  ],
                  "midpoints": [
                    47.0,
                    190.0,
                    29.0,
                    190.0,
                    29.0,
                    450.0,
                    29.0,
                    450.0
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
                    "obj-2",
                    0
                  ],
                  "midpoints": [
                    47.0,
                    216.0,
                    29.0,
                    216.0,
                    29.0,
                    450.0,
                    29.0,
                    450.0
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
                    "obj-2",
                    0
                  ],
                  "midpoints": [
                    47.0,
                    242.0,
                    29.0,
                    242.0,
                    29.0,
                    450.0,
                    29.0,
                    450.0
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
                    "obj-2",
                    0
                  ],
                  "midpoints": [
                    47.0,
                    268.0,
                    29.0,
                    268.0,
                    29.0,
                    450.0,
                    29.0,
                    450.0
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
                    "obj-2",
                    0
                  ],
                  "midpoints": [
                    47.0,
                    294.0,
                    29.0,
                    294.0,
                    29.0,
                    450.0,
                    29.0,
                    450.0
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
                    "obj-2",
                    0
                  ],
                  "midpoints": [
                    447.0,
                    112.0,
                    429.0,
                    112.0,
                    429.0,
                    450.0,
                    29.0,
                    450.0
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
                    "obj-2",
                    0
                  ],
                  "midpoints": [
                    447.0,
                    138.0,
                    429.0,
                    138.0,
                    429.0,
                    450.0,
                    29.0,
                    450.0
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
                    "obj-2",
                    0
                  ],
                  "midpoints": [
                    447.0,
                    164.0,
                    429.0,
                    164.0,
                    429.0,
                    450.0,
                    29.0,
                    450.0
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
                    "obj-2",
                    0
                  ],
                  "midpoints": [
                    447.0,
                    190.0,
                    429.0,
                    190.0,
                    429.0,
                    450.0,
                    29.0,
                    450.0
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
                    "obj-2",
                    0
                  ],
                  "midpoints": [
                    447.0,
                    216.0,
                    429.0,
                    216.0,
                    429.0,
                    450.0,
                    29.0,
                    450.0
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
                    "obj-2",
                    0
                  ],
                  "midpoints": [
                    447.0,
                    242.0,
                    429.0,
                    242.0,
                    429.0,
                    450.0,
                    29.0,
                    450.0
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
                  "text": "The whole description is a dictionary, under a name of your own"
                }
              },
              {
                "box": {
                  "id": "obj-2",
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
                    218.0,
                    278.0,
                    22.0
                  ],
                  "text": "nn.info gain @dict nn-help-description"
                }
              },
              {
                "box": {
                  "id": "obj-3",
                  "maxclass": "dict.view",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    200.0,
                    270.0,
                    700.0,
                    400.0
                  ]
                }
              },
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-4",
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
                  "text": "ask"
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
                    38.0,
                    88.0,
                    90.0,
                    22.0
                  ],
                  "text": "dump_dict"
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
                    136.0,
                    88.0,
                    64.0,
                    20.0
                  ],
                  "text": "shows it"
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
                    38.0,
                    114.0,
                    90.0,
                    22.0
                  ],
                  "text": "set codec"
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
                    136.0,
                    114.0,
                    99.0,
                    20.0
                  ],
                  "text": "another model"
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
                    38.0,
                    140.0,
                    90.0,
                    22.0
                  ],
                  "text": "set gain"
                }
              },
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-10",
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
                  "text": "where it is"
                }
              },
              {
                "box": {
                  "attr": "dict",
                  "id": "obj-11",
                  "maxclass": "attrui",
                  "numinlets": 1,
                  "numoutlets": 1,
                  "outlettype": [
                    ""
                  ],
                  "patching_rect": [
                    438.0,
                    88.0,
                    170.0,
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
                    616.0,
                    88.0,
                    64.0,
                    20.0
                  ],
                  "text": "its name"
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
                    4
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-2",
                    0
                  ],
                  "midpoints": [
                    47.0,
                    112.0,
                    29.0,
                    112.0,
                    29.0,
                    216.0,
                    29.0,
                    216.0
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
                    "obj-2",
                    0
                  ],
                  "midpoints": [
                    47.0,
                    138.0,
                    29.0,
                    138.0,
                    29.0,
                    216.0,
                    29.0,
                    216.0
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
                    "obj-2",
                    0
                  ],
                  "midpoints": [
                    47.0,
                    164.0,
                    29.0,
                    164.0,
                    29.0,
                    216.0,
                    29.0,
                    216.0
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
                    "obj-2",
                    0
                  ],
                  "midpoints": [
                    447.0,
                    112.0,
                    429.0,
                    112.0,
                    429.0,
                    216.0,
                    29.0,
                    216.0
                  ],
                  "source": [
                    "obj-11",
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
          "text": "p dictionary"
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
                  "text": "What the description tells"
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
                  "text": "key"
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
                    160.0,
                    20.0
                  ],
                  "text": "runnable"
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
                    200.0,
                    88.0,
                    640.0,
                    20.0
                  ],
                  "text": "0 when something is known to keep it from running here: see problems"
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
                    160.0,
                    20.0
                  ],
                  "text": "methods"
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
                    200.0,
                    140.0,
                    640.0,
                    20.0
                  ],
                  "text": "channels_in, channels_out, ratio_in, ratio_out of each"
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
                    160.0,
                    20.0
                  ],
                  "text": "attributes"
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
                    200.0,
                    192.0,
                    640.0,
                    20.0
                  ],
                  "text": "attribute_type: bool, int, float, string, tensor, buffer"
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
                    160.0,
                    20.0
                  ],
                  "text": "rate"
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
                    244.0,
                    640.0,
                    20.0
                  ],
                  "text": "the sample rate for which it was made, -1 for any"
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
                    160.0,
                    20.0
                  ],
                  "text": "block"
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
                    200.0,
                    296.0,
                    640.0,
                    20.0
                  ],
                  "text": "the smallest buffer in samples"
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
                    20.0,
                    348.0,
                    160.0,
                    20.0
                  ],
                  "text": "streaming"
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
                    200.0,
                    348.0,
                    640.0,
                    20.0
                  ],
                  "text": "1 when it carries state from block to block; state says how much"
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
                    20.0,
                    400.0,
                    160.0,
                    20.0
                  ],
                  "text": "producer, format"
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
                    200.0,
                    400.0,
                    640.0,
                    20.0
                  ],
                  "text": "who wrote the file, and the number of its format"
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
                    20.0,
                    452.0,
                    160.0,
                    20.0
                  ],
                  "text": "operators"
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
                    200.0,
                    452.0,
                    640.0,
                    20.0
                  ],
                  "text": "used by its code, and missing from the libtorch at hand"
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
                    20.0,
                    504.0,
                    160.0,
                    20.0
                  ],
                  "text": "file_bytes"
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
                    200.0,
                    504.0,
                    640.0,
                    20.0
                  ],
                  "text": "size of the file; tensor_bytes is that of its numbers"
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
            "showontab": 1
          },
          "patching_rect": [
            260.0,
            20.0,
            110.0,
            22.0
          ],
          "saved_object_attributes": {},
          "text": "p keys"
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
                  "text": "Models that can be downloaded: nothing here makes Max wait"
                }
              },
              {
                "box": {
                  "id": "obj-2",
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
                    348.0,
                    120.0,
                    22.0
                  ],
                  "text": "nn.info"
                }
              },
              {
                "box": {
                  "id": "obj-3",
                  "maxclass": "newobj",
                  "numinlets": 1,
                  "numoutlets": 0,
                  "patching_rect": [
                    120.0,
                    400.0,
                    96.0,
                    22.0
                  ],
                  "text": "print models"
                }
              },
              {
                "box": {
                  "fontface": 1,
                  "id": "obj-4",
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
                  "text": "ask"
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
                    38.0,
                    88.0,
                    170.0,
                    22.0
                  ],
                  "text": "get_available_models"
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
                    216.0,
                    88.0,
                    197.0,
                    20.0
                  ],
                  "text": "lists: available CARD BYTES"
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
                    38.0,
                    114.0,
                    170.0,
                    22.0
                  ],
                  "text": "print_available_models"
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
                    216.0,
                    114.0,
                    64.0,
                    20.0
                  ],
                  "text": "the same"
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
                    38.0,
                    140.0,
                    170.0,
                    22.0
                  ],
                  "text": "download CARD"
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
                    216.0,
                    140.0,
                    190.0,
                    20.0
                  ],
                  "text": "CARD as listed, or its end"
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
                    38.0,
                    166.0,
                    170.0,
                    22.0
                  ],
                  "text": "cancel"
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
                    216.0,
                    166.0,
                    218.0,
                    20.0
                  ],
                  "text": "calls off this box's downloads"
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
                    38.0,
                    192.0,
                    170.0,
                    22.0
                  ],
                  "text": "delete NAME"
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
                    216.0,
                    192.0,
                    169.0,
                    20.0
                  ],
                  "text": "one that was downloaded"
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
                    38.0,
                    218.0,
                    170.0,
                    22.0
                  ],
                  "text": "remove NAME"
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
                    216.0,
                    218.0,
                    64.0,
                    20.0
                  ],
                  "text": "the same"
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
                    5
                  ]
                }
              },
              {
                "patchline": {
                  "destination": [
                    "obj-2",
                    0
                  ],
                  "midpoints": [
                    47.0,
                    112.0,
                    29.0,
                    112.0,
                    29.0,
                    346.0,
                    29.0,
                    346.0
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
                    "obj-2",
                    0
                  ],
                  "midpoints": [
                    47.0,
                    138.0,
                    29.0,
                    138.0,
                    29.0,
                    346.0,
                    29.0,
                    346.0
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
                    "obj-2",
                    0
                  ],
                  "midpoints": [
                    47.0,
                    164.0,
                    29.0,
                    164.0,
                    29.0,
                    346.0,
                    29.0,
                    346.0
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
                    "obj-2",
                    0
                  ],
                  "midpoints": [
                    47.0,
                    190.0,
                    29.0,
                    190.0,
                    29.0,
                    346.0,
                    29.0,
                    346.0
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
                    "obj-2",
                    0
                  ],
                  "midpoints": [
                    47.0,
                    216.0,
                    29.0,
                    216.0,
                    29.0,
                    346.0,
                    29.0,
                    346.0
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
                    "obj-2",
                    0
                  ],
                  "midpoints": [
                    47.0,
                    242.0,
                    29.0,
                    242.0,
                    29.0,
                    346.0,
                    29.0,
                    346.0
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
          "text": "p models"
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
