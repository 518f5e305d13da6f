package dev.belfry.delivery;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import org.jspecify.annotations.Nullable;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Ids;

/** A suppression as the schema shows it. */
record SuppressionView(String id, @Nullable String address, @Nullable String topic, @Nullable String topicTitle,
		SuppressionOrigin origin, OffsetDateTime createdAt) {

	static SuppressionView of(Ids ids, AccountId account, Suppression suppression) {
		return new SuppressionView(ids.encode(Ids.Kind.SUPPRESSION, account, suppression.suppressionId()),
				suppression.address(), (suppression.topic() != null) ? suppression.topic().key() : null,
				suppression.topicTitle(), suppression.origin(), suppression.createdAt().atOffset(ZoneOffset.UTC));
	}

}
