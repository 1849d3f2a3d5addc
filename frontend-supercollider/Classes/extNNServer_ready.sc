// Is the plug-in there, and has the server done what was sent to it?
+ NNServer {
	// in a Routine: throws unless the plug-in answers. A server that is busy answers late, so the plug-in is
	// missing only where the server has done what was sent to it
	ensure { |timeout = 30|
		var answer, why, synced, failed, id = UniqueID.next;
		if(ready) { ^this };
		answer = waiters.await({ |event| event.kind == \version }, timeout, { |finish|
			synced = OSCFunc({
				why = this.prMissing;
				SystemClock.sched(0.5, { finish.value(nil); nil })
			}, '/synced', server.addr, argTemplate: [id]);
			// other extensions fail too
			failed = OSCFunc({ |message|
				var text = message.drop(2).join(" ");
				if(text.contains("nn_")) { why = "% (the server says: %)".format(this.prMissing, text); finish.value(nil) }
			}, '/fail', server.addr, argTemplate: ['/cmd']);
			this.prListen;
			server.sendMsg("/sync", id)
		});
		synced.free;
		failed.free;
		if(answer.isNil) {
			NNError(why ? "the server % does not answer: wait until it has done its work, or reboot it".format(server.name)).throw
		};
		if(answer.isError) { NNError(answer.text).throw }
	}

	prMissing {
		^"the server % has no plug-in nn: put the folder nn into % (Platform.userExtensionDir)%, recompile the class library and reboot the server; if it lies there, see whether the server has posted `API version mismatch`: the plug-in is for SuperCollider 3.9 to 3.14, and this is %".format(
			server.name, Platform.userExtensionDir, if(server.isLocal) { "" } { " of its machine" }, Main.version)
	}

	// in a Routine: true when the server has done all that was sent to it before
	sync { |timeout = 30|
		var id = UniqueID.next, responder, end;
		end = waiters.await({ false }, timeout, { |finish|
			responder = OSCFunc({ finish.value(true) }, '/synced', server.addr, argTemplate: [id]);
			server.sendMsg("/sync", id)
		});
		responder.free;
		^end == true
	}
}
