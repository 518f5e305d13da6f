package dev.belfry.alerts.rules;

import org.springframework.stereotype.Component;

import dev.belfry.addresses.EmailAddress;
import dev.belfry.alerts.recipients.RecipientLists;
import dev.belfry.alerts.rules.AlertVersions.Draft;
import dev.belfry.alerts.rules.AlertVersions.Saved;
import dev.belfry.delivery.suppression.AddressErasure;
import dev.belfry.viewer.Author;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;

/**
 * The addresses among the recipients of alerts. One that is erased leaves those in force
 * by a new version, as by anybody's change, then also the old versions, and the recipient
 * lists.
 */
@Component
class AlertErasure implements AddressErasure {

	private final AlertVersions versions;

	private final RecipientLists lists;

	AlertErasure(AlertVersions versions, RecipientLists lists) {
		this.versions = versions;
		this.lists = lists;
	}

	@Override
	public Mono<Void> forget(Viewer viewer, String address) {
		return this.versions.naming(viewer.accountId(), address)
			.collectList()
			.flatMapIterable((alerts) -> alerts)
			.concatMap((current) -> leave(viewer, current, address))
			.then(this.versions.forget(viewer.accountId(), address))
			.then(this.lists.forget(viewer.accountId(), EmailAddress.spellings(address).toArray(String[]::new),
					Author.of(viewer).userId(), Author.of(viewer).name()))
			.then();
	}

	/** The caller has the log's row, so no other change can interleave. */
	private Mono<Saved> leave(Viewer viewer, AlertVersion current, String address) {
		return this.versions.save(viewer.accountId(), Draft.next(current, current.alert().without(address)),
				Author.of(viewer));
	}

}
