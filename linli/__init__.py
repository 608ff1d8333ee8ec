"""Linli 邻里: the everyday working system of one subdistrict and its communities."""
