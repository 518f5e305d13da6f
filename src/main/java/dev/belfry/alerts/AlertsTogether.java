package dev.belfry.alerts;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.belfry.accounts.AccountId;
import dev.belfry.alerts.overdue.OverdueWatch;
import reactor.core.publisher.Mono;

/**
 * Alerts that are shown together: what one of them is asked for is read once for all.
 */
public final class AlertsTogether {

	private final AccountId account;

	private final List<Long> alertIds;

	private final List<OverdueWatch> watches;

	private final Map<Object, Mono<?>> read = new ConcurrentHashMap<>();

	AlertsTogether(AccountId account, List<AlertVersion> inForce) {
		this.account = account;
		this.alertIds = inForce.stream().map(AlertVersion::alertId).toList();
		this.watches = inForce.stream()
			.map((version) -> version.alert().watch())
			.flatMap(Stream::ofNullable)
			.distinct()
			.toList();
	}

	public AccountId account() {
		return this.account;
	}

	public List<Long> alertIds() {
		return this.alertIds;
	}

	/** What those of them watch that are about overdue jobs. */
	public List<OverdueWatch> watches() {
		return this.watches;
	}

	/**
	 * What somebody reads for all of them, when it is first asked for.
	 * @param by who reads it, and what, if that can differ
	 */
	@SuppressWarnings("unchecked")
	public <T> Mono<T> read(Object by, Function<AlertsTogether, Mono<T>> read) {
		return (Mono<T>) this.read.computeIfAbsent(by, (key) -> read.apply(this).cache());
	}

}
