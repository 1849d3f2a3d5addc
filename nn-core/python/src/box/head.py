"""Runs the scripts of boxes: one process for all boxes that use the same Python.

The host starts this file and speaks with it in two ways. Standard input and output carry one line of JSON for each thing that
concerns the process: the host's end is the end of the input; what scripts print goes out. Each box connects to a socket in a folder
that only this user can enter, and speaks there in frames: a kind (one byte), a length (four bytes, little-endian), so many bytes.
Sound lies in a file that both have open.

Needs nothing but Python 3.9 and, for scripts that use them, NumPy and torch.
"""

import faulthandler
import gc
import json
import mmap
import os
import shutil
import socket
import struct
import sys
import threading
import time
import traceback
import types

FRAME = struct.Struct("<cI")
RUN = struct.Struct("<IIIIIIdddQII")
"""Method, examples, channels and frames of the input, channels and frames of the output, rate in Hz; beats in a minute, beats and samples
since the beginning of the song, whether it plays; messages of MIDI."""
BEATS_OF_A_BAR = 4
TICKS_OF_A_BEAT = 1000
MIDI = struct.Struct("<II")
"""Frames from the beginning of the buffer, bytes of the message that follow."""
MOST_AT_ONCE = 1 << 16
"""Bytes that are asked for when there is no more than that."""
MOST_MIDI = 1024
"""Messages that a script may answer for one buffer."""
MOST_LINES = 20
"""Printed lines that are shown in a second."""
MOST_LINE = 400
"""Characters of a printed line that are shown."""
