package dev.belfry.web.connections;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.belfry.testing.Http;
import dev.belfry.testing.RawWebSocket;

/**
 * One of another account who minds its own business: asks for health, and for its bell
 * over HTTP and on a socket that is new each time.
 */
final class Bystander implements AutoCloseable {

	private static final String BELL = "{ bell { unseenCount } }";

	private final int port;

	private final String token;

	private final List<String> troubles = Collections.synchronizedList(new ArrayList<>());

	/** Rounds in which an answer took longer than a client waits. */
	private final AtomicInteger late = new AtomicInteger();

	private final List<Long> millis = Collections.synchronizedList(new ArrayList<>());

	private final Thread thread;

	private volatile boolean done;

	Bystander(int port, String token) {
		this.port = port;
		this.token = token;
		this.thread = new Thread(this::live, "bystander");
		this.thread.start();
	}

	private void live() {
		while (!this.done) {
			long begun = System.nanoTime();
			try {
				ask();
			}
			catch (RuntimeException trouble) {
				if (String.valueOf(trouble).contains("timed out")) {
					this.late.incrementAndGet();
				}
				else {
					this.troubles.add(String.valueOf(trouble));
				}
			}
			this.millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
		}
	}

	private void ask() {
		Http http = Http.at(this.port);
		expect(200, http.get("/actuator/health/readiness"));
		expect(200, http.token(this.token).ask(BELL));
		try (RawWebSocket socket = RawWebSocket.connect(this.port).init(this.token)) {
			socket.subscribe("bell", BELL, Map.of());
			if (!"next".equals(socket.message().get("type"))) {
				this.troubles.add("no answer on a socket");
			}
		}
	}

	private void expect(int status, Http.Answer answer) {
		if (answer.status() != status) {
			this.troubles.add(answer.status() + " " + answer.body());
		}
	}

	List<String> troubles() {
		return List.copyOf(this.troubles);
	}

	/** How long it took for all three, the middle and the longest, since it was asked. */
	String times() {
		List<Long> taken = new ArrayList<>(this.millis);
		this.millis.clear();
		Collections.sort(taken);
		return taken.isEmpty() ? "no round" : taken.size() + " rounds, half within " + taken.get(taken.size() / 2)
				+ " ms, all within " + taken.get(taken.size() - 1) + " ms, " + this.late.getAndSet(0) + " too late";
	}

	@Override
	public void close() {
		this.done = true;
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
