// Tests with a server that has the plug-in. The models are those of the folder that NN.modelsPath names.
NNServerTest : UnitTest {
	var server, text;

	setUp {
		server = Server.default;
		NN.prUseForTest;
		if(server.serverRunning.not) {
			server.options.numWireBufs = 256;
			server.options.memSize = 2 ** 16;
			server.bootSync
		};
		server.newAllocators
	}

	tearDown {
		NN.onEvent = nil;
		server.freeAll;
		NN.prUnloadAll;
		if(server.serverRunning) { server.sync };
		NN.prEndTest
	}

	path { |name| ^NN.modelsPath +/+ name ++ ".ts" }

	load { |name| ^NN.load(name.asSymbol, this.path(name.asString), server: server) }

	// channels of what a function plays
	record { |seconds, function|
		var condition = Condition.new, result, channels = 0;
		{ var signals = function.value.asArray; channels = signals.size; signals }.loadToFloatArray(seconds, server) { |array|
			result = array;
			condition.test = true;
			condition.signal
		};
		condition.wait;
		^if(channels < 2) { [result] } { result.as(Array).clump(channels).flop }
	}

	// where each channel stands in the end, but for dips of a machine that is busy
	levels { |channels|
		^channels.collect { |channel| channel.keep(-4800).sort.at(2400) }
	}

	// by how many samples the second comes after the first, where that is exactly so in the last `size` samples; nil if it is not
	delay { |first, second, size = 4000, most = 20000|
		var begin = second.size - size, rows = (0, 37 .. size - 1);
		^(0 .. min(most, begin)).detect { |shift|
			rows.every { |row| second[begin + row] == first[begin + row - shift] }
			and: { size.collect { |row| second[begin + row] == first[begin + row - shift] }.every { |same| same } }
		}
	}

	// until something is true, at most so long
	until { |seconds, condition|
		var end = Main.elapsedTime + seconds;
		while { condition.value.not and: { Main.elapsedTime < end } } { 0.05.wait };
		^condition.value
	}

	thrown { |function|
		var text;
		try { function.value } { |error| text = error.errorString };
		^text
	}
}
