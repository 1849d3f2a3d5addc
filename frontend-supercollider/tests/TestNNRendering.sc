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
