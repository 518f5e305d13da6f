package dev.belfry.settings;

import org.springframework.stereotype.Component;

import dev.belfry.delivery.suppression.AddressErasure;
import dev.belfry.viewer.Author;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;

/**
 * The addresses in settings. One that is erased leaves those in force by a new version,
 * as by anybody's change, and then also the old versions.
 */
@Component
class SettingsErasure implements AddressErasure {

	private final SettingsVersions versions;

	SettingsErasure(SettingsVersions versions) {
		this.versions = versions;
	}

	@Override
	public Mono<Void> forget(Viewer viewer, String address) {
		return this.versions.current(viewer.accountId())
			.flatMap((current) -> leave(viewer, current, address))
			.then(this.versions.forget(viewer.accountId(), address));
	}

	/** The caller has the log's row, so no other change can interleave. */
	private Mono<SettingsVersion> leave(Viewer viewer, SettingsVersion current, String address) {
		Settings without = current.settings().without(address);
		return without.equals(current.settings()) ? Mono.empty()
				: this.versions.save(viewer.accountId(), current.version(), without, Author.of(viewer));
	}

}
