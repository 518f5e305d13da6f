package dev.belfry.accounts;

/** Something that belongs to an account, and its lists with it. */
public interface OfAccount {

	AccountId account();

}
