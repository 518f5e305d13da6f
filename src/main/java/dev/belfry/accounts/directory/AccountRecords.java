package dev.belfry.accounts.directory;

import org.springframework.data.repository.Repository;

import dev.belfry.viewer.Account;
import reactor.core.publisher.Mono;

/**
 * Finds accounts for which no account is known yet; {@link Accounts} is the way to them.
 */
interface AccountRecords extends Repository<Account, Long> {

	Mono<Account> findByExternalId(String externalId);

}
