package dev.belfry.viewer;

/** What a person is to an account. */
public enum UserRole {

	OWNER, MEMBER

}
