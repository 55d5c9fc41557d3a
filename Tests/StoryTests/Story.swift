// Plays stories.
