TestNNRendering : NNServerTest {
	test_aGeneratorFillsABuffer {
		var buffer = Buffer.alloc(server, 64), filled, steps = List.new, samples;
		NN.load(\chord, NN.modelsPath +/+ "chord.nm", server: server);
		server.sync;
		NN.render(\chord, buffer, seconds: 1, action: { |buffers| filled = buffers ? \nothing }, progress: { |percent| steps.add(percent) });
		this.assert(this.until(30, { filled.notNil }), "it ends");
		this.assertEquals(filled, [buffer], "with the Buffer");
		this.assert(buffer.numFrames > 10000, "which has the sound's length");
		this.assertEquals(buffer.numChannels, 2, "and its channels");
		buffer.loadToFloatArray(action: { |array| samples = array });
		this.assert(this.until(10, { samples.notNil }), "it can be read");
		this.assert(samples.abs.maxItem > 0.01, "and sounds");
		this.assertEquals(steps.last, 100.0, "progress is told to the end");
		buffer.free
	}

	test_buffersThatCannotBeFilledThrow {
		var one = Buffer.alloc(server, 64), freed = Buffer.alloc(server, 64), elsewhere = Buffer.new(Server(\nnElsewhere), 64, 1, 3);
		NN.load(\chord, NN.modelsPath +/+ "chord.nm", server: server);
		freed.free;
		[[one, one] -> "named twice", freed -> "is freed", elsewhere -> "is on the server nnElsewhere"].do { |pair|
			text = this.thrown { NN.render(\chord, pair.key, seconds: 1) };
			this.assert(text.asString.contains(pair.value), "%: %".format(pair.value, text))
		};
		elsewhere.server.remove;
		one.free
	}

	test_aBufferThatIsFreedMeanwhileEndsIt {
		var buffer = Buffer.alloc(server, 64), filled = \none;
		NN.load(\chord, NN.modelsPath +/+ "chord.nm", server: server);
		server.sync;
		NN.render(\chord, buffer, seconds: 1, action: { |buffers| filled = buffers });
		buffer.free;
		this.assert(this.until(30, { filled != \none }), "it ends");
		this.assertEquals(filled, nil, "without a Buffer");
		this.assertEquals(NNServer.of(server).numWaiting, 0, "nothing stays behind")
	}

	test_whatIsNoGeneratorSaysSo {
		var buffer = Buffer.alloc(server, 64), filled, lines = List.new;
		this.load(\identity);
		NN.onEvent = { |what, key, text| if(what == \error) { lines.add(text) } };
		NN.render(\identity, buffer, action: { |buffers| filled = buffers ? \nothing });
		this.assert(this.until(30, { filled.notNil }), "it ends");
		this.assertEquals(filled, \nothing, "without a sound");
		this.assert(lines.notEmpty, "and a line says why: " ++ lines);
		buffer.free
	}
}
