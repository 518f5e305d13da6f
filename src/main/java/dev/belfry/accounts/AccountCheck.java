package dev.belfry.accounts;

final class AccountCheck {

	static final int LONGEST_ID = 255;

	private AccountCheck() {
	}

}
