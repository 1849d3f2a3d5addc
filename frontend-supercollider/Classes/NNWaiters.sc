// Routines that wait for events of a server, and functions that hear them.
NNWaiters {
	var list;

	*new { ^super.new.prInit }

	prInit { list = List.new }

	// one that fails must not keep the others from hearing
	*guard { |function|
		^try { function.value } { |error| error.reportError; nil }
	}

	size { ^list.size }

	// in a Routine: the first event that the filter takes, nil after the timeout.
	// `start` gets a function that ends the waiting with what it is given
	await { |filter, timeout, start|
		var condition = Condition.new, result, waiter, finish;
		finish = { |event|
			if(condition.test.not) {
				list.remove(waiter);
				result = event;
				condition.test = true;
				condition.signal
			}
		};
		waiter = (filter: filter, finish: finish);
		list.add(waiter);
		try { start.value(finish) } { |error| list.remove(waiter); error.throw };
		timeout !? { SystemClock.sched(timeout, { finish.value(nil); nil }) };
		condition.wait;
		^result
	}

	// every event that the filter takes, until remove is called with what this returns
	listen { |filter, function|
		var waiter = (filter: filter, finish: function, stays: true);
		list.add(waiter);
		^waiter
	}

	remove { |waiter| list.remove(waiter) }

	give { |event|
		list.copy.do { |waiter|
			NNWaiters.guard { if(waiter[\filter].value(event) == true) { waiter[\finish].value(event) } }
		}
	}

	// what is waited for does not come any more
	end { |event|
		list.copy.do { |waiter| if(waiter[\stays].isNil) { waiter[\finish].value(event) } }
	}
}
