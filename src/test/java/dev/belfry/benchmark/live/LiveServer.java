package dev.belfry.benchmark.live;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** A server under measurement, in a process of its own. */
interface LiveServer extends AutoCloseable {

	String name();

	int port();

	long pid();

	/**
	 * Whether subscribers have to ask; those of a plain WebSocket say all in the path.
	 */
	boolean speaksGraphQl();

	Target target();

	Person person(int account, int user);

	@Override
	void close();

	/**
	 * People of so many accounts, taking turns; those of an account are so many users.
	 */
	default List<Person> people(int number, int accounts, int users) {
		return IntStream.range(0, number)
			.mapToObj((i) -> person(1 + i % accounts, 1 + (i / accounts) % users))
			.toList();
	}

	/** The processor time that it has used so far. */
	default Processor processor() throws IOException {
		return Processor.of(pid());
	}

	/** Who listens. */
	record Person(String account, String token) {
	}

}
