package dev.belfry.web.connections;

import java.lang.management.ManagementFactory;

import com.sun.management.UnixOperatingSystemMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** How many connections the process has descriptors for, beside what else needs some. */
@Component
@EnableConfigurationProperties(ConnectionSettings.class)
class Descriptors {

	private static final Logger log = LoggerFactory.getLogger(Descriptors.class);

	/** Fewer serve nobody. */
	private static final int FEWEST = 16;

	/** Whoever wants more says so. */
	private static final int MOST = 100_000;

	private static final int FEW = 1_000;

	private final int connections;

	Descriptors(ConnectionSettings settings) {
		this.connections = (settings.limit() > 0) ? settings.limit() : available(settings.reserve());
	}

	private static int available(int reserve) {
		if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix)) {
			return MOST;
		}
		long most = unix.getMaxFileDescriptorCount();
		long available = most - unix.getOpenFileDescriptorCount() - reserve;
		if (available < FEW) {
			log.warn("The process may open {} files, which leaves {} connections. Raise its limit (ulimit -n)", most,
					Math.max(available, FEWEST));
		}
		return (int) Math.min(Math.max(available, FEWEST), MOST);
	}

	/** How many connections there may be. */
	int connections() {
		return this.connections;
	}

}
