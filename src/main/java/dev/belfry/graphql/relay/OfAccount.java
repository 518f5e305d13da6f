package dev.belfry.graphql.relay;

import dev.belfry.viewer.AccountId;

/** Something that belongs to an account, and its lists with it. */
public interface OfAccount {

	AccountId account();

}
