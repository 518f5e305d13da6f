package dev.belfry.benchmark.live;

import java.util.ArrayList;
import java.util.List;

/** Servers that live as long as a measurement, and end together. */
final class Servers implements AutoCloseable {

	private final List<LiveServer> all = new ArrayList<>();

	<T extends LiveServer> T add(T server) {
		this.all.add(server);
		return server;
	}

	List<LiveServer> all() {
		return this.all;
	}

	@Override
	public void close() {
		this.all.forEach(LiveServer::close);
	}

}
