package dev.belfry.accounts.directory;

import org.springframework.data.repository.Repository;

import reactor.core.publisher.Mono;

/**
 * Finds accounts for which no account is known yet; {@link Accounts} is the way to them.
 */
interface AccountRecords extends Repository<AccountRecord, Long> {

	Mono<AccountRecord> findByExternalId(String externalId);

}
