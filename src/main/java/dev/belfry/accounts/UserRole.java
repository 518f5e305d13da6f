package dev.belfry.accounts;

/** What a person is to an account. */
public enum UserRole {

	OWNER, MEMBER

}
