package dev.belfry.web.connections;

import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sockets that have not shown a token yet. When there are too many, the oldest of the
 * address that has most of them gives way to who comes: who means it shows a token at
 * once.
 */
@Component
public class Newcomers {

	private static final Object NOWHERE = new Object();

	private final int most;

	private final Limit limit;

	private final Map<Object, Set<Runnable>> waiting = new HashMap<>();

	private int size;

	Newcomers(LiveLimits limits, Descriptors descriptors, MeterRegistry metrics) {
		int share = Math.max(1, descriptors.connections() / 4);
		this.most = (limits.newcomers() > 0) ? Math.min(limits.newcomers(), share) : share;
		this.limit = new Limit("live.newcomers", this.most, metrics);
		metrics.gauge("belfry.live.newcomers", this, Newcomers::size);
	}

	/**
	 * A socket has come.
	 * @param giveWay closes it; runs on the thread of another socket
	 */
	public void add(@Nullable InetSocketAddress from, Runnable giveWay) {
		Runnable oldest = null;
		synchronized (this) {
			if (this.size >= this.most) {
				oldest = removeOldest();
			}
			this.waiting.computeIfAbsent(key(from), (key) -> new LinkedHashSet<>()).add(giveWay);
			this.size++;
		}
		if (oldest != null) {
			this.limit.refused();
			oldest.run();
		}
	}

	private Runnable removeOldest() {
		Map.Entry<Object, Set<Runnable>> crowd = this.waiting.entrySet()
			.stream()
			.max(Comparator.comparingInt((entry) -> entry.getValue().size()))
			.orElseThrow();
		Runnable oldest = crowd.getValue().iterator().next();
		remove(crowd.getKey(), oldest);
		return oldest;
	}

	/** A socket waits no more: it has shown its token, or is gone. */
	public synchronized void remove(@Nullable InetSocketAddress from, Runnable giveWay) {
		remove(key(from), giveWay);
	}

	private void remove(Object key, Runnable giveWay) {
		Set<Runnable> here = this.waiting.get(key);
		if (here != null && here.remove(giveWay)) {
			this.size--;
			if (here.isEmpty()) {
				this.waiting.remove(key);
			}
		}
	}

	synchronized int size() {
		return this.size;
	}

	private static Object key(@Nullable InetSocketAddress from) {
		return (from != null) ? Objects.requireNonNullElse(from.getAddress(), NOWHERE) : NOWHERE;
	}

}
