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
          "text": "nn~ : neural audio models in Max. Four boxes, each with a help file"
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
          "maxclass": "flonum",
          "numinlets": 1,
          "numoutlets": 2,
          "outlettype": [
            "",
            "bang"
          ],
          "patching_rect": [
            200.0,
            296.0,
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
            256.0,
            296.0,
            60.0,
            20.0
          ],
          "text": "volume"
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
            20.0,
            348.0,
            54.0,
            22.0
          ],
          "text": "*~ 0.3"
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
            100.0,
            348.0,
            54.0,
            22.0
          ],
          "text": "*~ 0.3"
        }
      },
      {
        "box": {
          "id": "obj-12",
          "maxclass": "ezdac~",
          "numinlets": 2,
          "numoutlets": 0,
          "patching_rect": [
            20.0,
            400.0,
            45.0,
            45.0
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
            76.0,
            400.0,
            160.0,
            20.0
          ],
          "text": "click: DSP on, off"
        }
      },
      {
        "box": {
          "id": "obj-14",
          "linecount": 4,
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            38.0,
            478.0,
            330.0,
            62.0
          ],
          "text": "Speech out of 24 numbers for each 512 samples. Other models: put .ts and .nm files into the package's folder models, or see the tab models of nn~'s help."
        }
      },
      {
        "box": {
          "fontface": 1,
          "id": "obj-15",
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
          "text": "the boxes, and their help"
        }
      },
      {
        "box": {
          "id": "obj-16",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "outlettype": [
            ""
          ],
          "patching_rect": [
            750.0,
            608.0,
            68.0,
            22.0
          ],
          "text": "pcontrol"
        }
      },
      {
        "box": {
          "id": "obj-17",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 2,
          "outlettype": [
            "signal",
            ""
          ],
          "patching_rect": [
            420.0,
            88.0,
            166.0,
            22.0
          ],
          "text": "nn~ codec forward 2048"
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
            750.0,
            88.0,
            124.0,
            22.0
          ],
          "text": "load nn~.maxhelp"
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
            438.0,
            114.0,
            560.0,
            20.0
          ],
          "text": "A neural audio model, one cord for each of its channels: MODEL METHOD BUFFER."
        }
      },
      {
        "box": {
          "id": "obj-20",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 2,
          "outlettype": [
            "multichannelsignal",
            ""
          ],
          "patching_rect": [
            420.0,
            166.0,
            180.0,
            22.0
          ],
          "text": "mc.nn~ delay forward 512"
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
            750.0,
            166.0,
            145.0,
            22.0
          ],
          "text": "load mc.nn~.maxhelp"
        }
      },
      {
        "box": {
          "id": "obj-22",
          "linecount": 2,
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            438.0,
            192.0,
            560.0,
            34.0
          ],
          "text": "Several signals through one model at a time: the channels of a multichannel cord are the examples."
        }
      },
      {
        "box": {
          "id": "obj-23",
          "maxclass": "newobj",
          "numinlets": 2,
          "numoutlets": 3,
          "outlettype": [
            "multichannelsignal",
            "multichannelsignal",
            ""
          ],
          "patching_rect": [
            420.0,
            270.0,
            180.0,
            22.0
          ],
          "text": "mcs.nn~ multi swap 2 512"
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
            750.0,
            270.0,
            152.0,
            22.0
          ],
          "text": "load mcs.nn~.maxhelp"
        }
      },
      {
        "box": {
          "id": "obj-25",
          "linecount": 2,
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            438.0,
            296.0,
            560.0,
            34.0
          ],
          "text": "The same with one inlet and outlet for each example; the channels of a cord are the model's."
        }
      },
      {
        "box": {
          "id": "obj-26",
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
            420.0,
            374.0,
            120.0,
            22.0
          ],
          "text": "nn.info codec"
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
            750.0,
            374.0,
            152.0,
            22.0
          ],
          "text": "load nn.info.maxhelp"
        }
      },
      {
        "box": {
          "id": "obj-28",
          "linecount": 2,
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            438.0,
            400.0,
            560.0,
            34.0
          ],
          "text": "What is in a model file, whether it can run here, and (send it doctor) what this machine lacks."
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
            420.0,
            478.0,
            173.0,
            22.0
          ],
          "text": "load nn-selftest.maxpat"
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
            610.0,
            478.0,
            420.0,
            20.0
          ],
          "text": "Does all of it play here? The self-test writes a report."
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
            "obj-10",
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
            "obj-10",
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
            "obj-11",
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
            "obj-16",
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
            "obj-16",
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
            "obj-16",
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
            "obj-16",
            0
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
            "obj-16",
            0
          ],
          "source": [
            "obj-29",
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
