package dev.belfry.accounts.directory;

import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

import dev.belfry.viewer.Account;
import dev.belfry.viewer.AccountId;

/** A row of the table of accounts. */
@Table("account")
record AccountRecord(@Id long accountId, String externalId, String name, String timeZone, String locale,
		int retentionDays) {

	Account account() {
		return new Account(new AccountId(this.accountId), this.externalId, this.name, this.timeZone, this.locale,
				this.retentionDays);
	}

}
